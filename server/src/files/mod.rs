//! Uploaded pictures: checked, drawn anew, kept under the hash of their content.
//!
//! Nothing of the upload is kept but its picture: no file name, no EXIF (place, device, time), no
//! appended bytes. A folder by default, S3-compatible storage by configuration.

mod name;
mod picture;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use bytes::Bytes;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt};
use tokio::sync::Semaphore;

pub use name::FileName;
pub use picture::{MAX_BYTES, MAX_PIXELS};

use crate::crypto::Keys;
use crate::{Error, Result};

/// What a sealed picture is sealed for.
const SEALED: &str = "files.sealed";
/// Pictures decoded at the same time: each may need 200 MB for a moment.
const DECODERS: usize = 2;

/// The store of uploaded files. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    decoders: Arc<Semaphore>,
}

/// A picture as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredImage {
    /// The picture, a JPEG of at most 1600 pixels along its longer edge.
    pub name: FileName,
    /// The same at most 240 pixels along its longer edge.
    pub thumbnail: FileName,
    /// Width of the kept picture in pixels.
    pub width: u32,
    /// Height of the kept picture in pixels.
    pub height: u32,
}

impl Files {
    /// Opens the store at `place`: a folder (made where it is missing), or `s3://bucket/folder` with
    /// the usual `AWS_…` variables (`AWS_ENDPOINT` for what is S3-compatible).
    ///
    /// # Errors
    /// When the folder cannot be made or the address is incomplete.
    pub fn open(place: &str) -> Result<Self> {
        let store: Arc<dyn ObjectStore> = match place.strip_prefix("s3://") {
            Some(bucket) => Arc::new(s3(AmazonS3Builder::from_env(), bucket)?),
            None => {
                std::fs::create_dir_all(place)
                    .map_err(|error| Error::internal(format!("files in {place}: {error}")))?;
                Arc::new(LocalFileSystem::new_with_prefix(place).map_err(Error::internal)?.with_fsync(true))
            }
        };
        Ok(Self::on(store))
    }

    fn on(store: Arc<dyn ObjectStore>) -> Self {
        Self { store, decoders: Arc::new(Semaphore::new(DECODERS)) }
    }

    /// Checks a picture, draws it anew and keeps it with its thumbnail. The same picture twice is
    /// one file.
    ///
    /// # Errors
    /// `TooLarge` above [`MAX_BYTES`]; `Invalid` with `FileKind` on the field `photo` for what is
    /// no JPEG, PNG or WebP, is damaged, or has more than [`MAX_PIXELS`]; trouble of the store.
    pub async fn put_image(&self, upload: Bytes) -> Result<StoredImage> {
        let _place = self.decoders.acquire().await.map_err(Error::internal)?;
        let drawn = tokio::task::spawn_blocking(move || picture::redraw(&upload)).await.map_err(Error::internal)??;
        let name = FileName::of(&drawn.picture);
        let thumbnail = name.thumbnail();
        self.put(&thumbnail, drawn.thumbnail).await?;
        self.put(&name, drawn.picture).await?;
        Ok(StoredImage { name, thumbnail, width: drawn.width, height: drawn.height })
    }

    /// As [`Files::put_image`], for a picture that only this server's keys may open: paper ballots. It has no
    /// thumbnail, and its name is the hash of what is kept, not of the picture.
    ///
    /// # Errors
    /// As [`Files::put_image`].
    pub async fn put_sealed(&self, upload: Bytes, keys: &Keys) -> Result<FileName> {
        let _place = self.decoders.acquire().await.map_err(Error::internal)?;
        let drawn = tokio::task::spawn_blocking(move || picture::redraw(&upload)).await.map_err(Error::internal)??;
        let sealed = keys.seal(SEALED, &BASE64.encode(&drawn.picture)).into_bytes();
        let name = FileName::of(&sealed);
        self.put(&name, sealed).await?;
        Ok(name)
    }

    /// A picture kept by [`Files::put_sealed`]; none where there is no such file.
    ///
    /// # Errors
    /// Trouble of the store, or a file that is not sealed with a key of ours.
    pub async fn get_sealed(&self, name: &FileName, keys: &Keys) -> Result<Option<Bytes>> {
        let Some(sealed) = self.get(name).await? else { return Ok(None) };
        let text = std::str::from_utf8(&sealed).map_err(Error::internal)?;
        let picture = keys.open(SEALED, text).map_err(Error::internal)?;
        Ok(Some(BASE64.decode(picture).map_err(Error::internal)?.into()))
    }

    /// Seals a picture of [`Files::put_sealed`] anew with the newest key, under the name that follows from it; none
    /// where that is not needed or there is no such file. The old file stays until it is removed.
    ///
    /// # Errors
    /// As [`Files::get_sealed`].
    pub async fn reseal(&self, name: &FileName, keys: &Keys) -> Result<Option<FileName>> {
        let Some(sealed) = self.get(name).await? else { return Ok(None) };
        let text = std::str::from_utf8(&sealed).map_err(Error::internal)?;
        let Some(again) = keys.reseal(SEALED, text).map_err(Error::internal)? else { return Ok(None) };
        let name = FileName::of(again.as_bytes());
        self.put(&name, again.into_bytes()).await?;
        Ok(Some(name))
    }

    /// Removes a file; one that is gone already is no trouble.
    ///
    /// # Errors
    /// Trouble of the store.
    pub async fn remove(&self, name: &FileName) -> Result<()> {
        match self.store.delete(&place(name)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(Error::internal(error)),
        }
    }

    /// The bytes of a file (always a JPEG); none where there is no such file.
    ///
    /// # Errors
    /// Trouble of the store.
    pub async fn get(&self, name: &FileName) -> Result<Option<Bytes>> {
        match self.store.get(&place(name)).await {
            Ok(found) => Ok(Some(found.bytes().await.map_err(Error::internal)?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(Error::internal(error)),
        }
    }

    /// Keeps bytes under a name made of their hash: written again, they are the same.
    async fn put(&self, name: &FileName, bytes: Vec<u8>) -> Result<()> {
        self.store.put(&place(name), bytes.into()).await.map_err(Error::internal)?;
        Ok(())
    }
}

/// What is behind `s3://`: a bucket, and a folder in it where others use the bucket too.
fn s3(builder: AmazonS3Builder, place: &str) -> Result<PrefixStore<AmazonS3>> {
    let (bucket, folder) = place.split_once('/').unwrap_or((place, ""));
    let store = builder.with_bucket_name(bucket).build().map_err(Error::internal)?;
    Ok(PrefixStore::new(store, folder))
}

/// 256 folders, so that no folder of a big city holds a million entries.
fn place(name: &FileName) -> Path {
    Path::from_iter([&name.as_str()[..2], name.as_str()])
}
