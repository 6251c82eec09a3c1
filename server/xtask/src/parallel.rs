//! The same work on many files, one thread per core.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::Result;

/// Does `work` on each item, in no given order.
///
/// # Errors
/// The first that any item met; items not begun by then are left.
pub fn each<T: Sync>(items: &[T], work: impl Fn(&T) -> Result<()> + Sync) -> Result<()> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let failure = Mutex::new(None);
    thread::scope(|scope| {
        for _ in 0..cores.min(items.len()) {
            scope.spawn(|| {
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(error) = work(item) {
                        next.store(items.len(), Ordering::Relaxed);
                        if let Ok(mut first) = failure.lock() {
                            first.get_or_insert(error);
                        }
                    }
                }
            });
        }
    });
    failure.into_inner().unwrap_or_default().map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_done_once() {
        let counts: Vec<AtomicUsize> = (0..100).map(|_| AtomicUsize::new(0)).collect();
        let all: Vec<usize> = (0..100).collect();
        let done = each(&all, |i| {
            counts[*i].fetch_add(1, Ordering::Relaxed);
            Ok(())
        });
        assert!(done.is_ok());
        assert!(counts.iter().all(|count| count.load(Ordering::Relaxed) == 1));
    }

    #[test]
    fn an_error_comes_back() {
        let failed = each(&[1, 2, 3], |i| match i {
            2 => anyhow::bail!("two"),
            _ => Ok(()),
        });
        assert_eq!(failed.expect_err("item 2 fails").to_string(), "two");
    }
}
