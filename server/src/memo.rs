//! What a server remembers between requests so as not to ask the database again. Whatever is remembered may be
//! gone at any time, and may be older than the database: who relies on it lets a condition of the write say so.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Entries at most; beyond, all are forgotten and asked for again.
const MOST: usize = 1_000;

type Entries = HashMap<(TypeId, String), Arc<dyn Any + Send + Sync>>;

/// Remembered values by type and name. Clones share them.
#[derive(Clone, Default)]
pub struct Memo(Arc<Mutex<Entries>>);

impl Memo {
    /// The value of this name, if it is remembered.
    pub fn get<T: Any + Send + Sync>(&self, name: &str) -> Option<Arc<T>> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.get(&(TypeId::of::<T>(), name.to_owned()))?.clone().downcast().ok()
    }

    /// Remembers a value; gives it back as remembered.
    pub fn put<T: Any + Send + Sync>(&self, name: &str, value: T) -> Arc<T> {
        let value = Arc::new(value);
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= MOST {
            entries.clear();
        }
        entries.insert((TypeId::of::<T>(), name.to_owned()), value.clone());
        value
    }

    /// Forgets the value of this name.
    pub fn forget<T: Any + Send + Sync>(&self, name: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&(TypeId::of::<T>(), name.to_owned()));
    }
}

impl std::fmt::Debug for Memo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Memo")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_known_by_type_and_name_and_never_grow_without_end() {
        let memo = Memo::default();
        memo.put("a", 1_u32);
        memo.put("a", "text");
        assert_eq!((memo.get::<u32>("a").as_deref(), memo.get::<u32>("b")), (Some(&1), None));
        memo.forget::<u32>("a");
        assert_eq!((memo.get::<u32>("a"), memo.get::<&str>("a").as_deref()), (None, Some(&"text")));
        (0..=MOST).for_each(|n| drop(memo.put(&n.to_string(), n)));
        assert!(memo.get::<usize>("0").is_none());
    }
}
