//! What can be wrong with keys and with what they sealed.

/// Why a keyring cannot be used or a sealed value cannot be opened. No variant carries a secret.
#[derive(Debug, thiserror::Error)]
pub enum CryptoError {
    /// The key file or variable is not there.
    #[error("no keyring at {0}; `hs keys` makes one")]
    Missing(String),
    /// The key file can be read by others.
    #[error("the keyring {0} must not be readable by others (chmod 600)")]
    Open(String),
    /// A line of the keyring is not `name base64url-of-32-bytes`.
    #[error("keyring line {0} is not `<name> <base64url of 32 bytes>`")]
    Line(usize),
    /// The keyring lacks the index root or a sealing key.
    #[error("the keyring needs a line `index` and at least one sealing key")]
    Incomplete,
    /// Two keys of one name.
    #[error("the keyring names {0} twice")]
    Twice(String),
    /// The configuration names a cipher that we do not have.
    #[error("unknown cipher {0}: aes-256-gcm or sm4-gcm")]
    Cipher(String),
    /// A keyring handed over by a variable cannot be rotated from here.
    #[error("the keyring is a variable: rotate it where it is kept")]
    NotAFile,
    /// The file system refused.
    #[error("keyring: {0}")]
    Io(#[from] std::io::Error),
    /// The stored text is not of the sealed form.
    #[error("not a sealed value")]
    Malformed,
    /// Sealed with a key that the keyring does not hold.
    #[error("sealed with the unknown key {0}")]
    UnknownKey(String),
    /// The value was changed, or was sealed for another purpose.
    #[error("the sealed value does not verify")]
    Tampered,
}

impl From<CryptoError> for crate::Error {
    /// For whoever asked it is a defect of ours; the reason is for the log.
    fn from(error: CryptoError) -> Self {
        Self::internal(error)
    }
}
