//! Known answers (GB/T 32907, NIST SP 800-38D), tampering, rotation, typed codes.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::aes::cipher::BlockCipherEncrypt;
use aes_gcm::{Aes256Gcm, Nonce};
use proptest::prelude::*;

use super::*;

fn ids() -> Ids {
    Ids::seeded(7)
}

fn keys(algorithm: Algorithm) -> Keys {
    Keys::new(&Keyring::fresh(&ids()), algorithm, ids())
}

fn array<const N: usize>(text: &str) -> [u8; N] {
    hex::decode(text).unwrap().try_into().unwrap()
}

#[test]
fn sm4_answers_as_gbt_32907_says() {
    let block: [u8; 16] = array("0123456789abcdeffedcba9876543210");
    let mut state = block.into();
    sm4::Sm4::new(&block.into()).encrypt_block(&mut state);
    assert_eq!(hex::encode(state), "681edf34d206965e86b3e94f536e4246");
}

#[test]
fn sm4_gcm_answers_as_rfc_8998_says() {
    // RFC 8998 A.1.
    let cipher = seal::Sm4Gcm::new(&array::<16>("0123456789abcdeffedcba9876543210").into());
    let plain = hex::decode(concat!(
        "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd",
        "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa"
    ))
    .unwrap();
    let aad = hex::decode("feedfacedeadbeeffeedfacedeadbeefabaddad2").unwrap();
    let nonce = Nonce::from(array::<12>("00001234567800000000abcd"));
    let sealed = cipher.encrypt(&nonce, Payload { msg: &plain, aad: &aad }).unwrap();
    assert_eq!(
        hex::encode(sealed),
        concat!(
            "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735",
            "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d",
            "83de3541e4c2b58177e065a9bf7b62ec"
        )
    );
}

#[test]
fn aes_256_gcm_answers_as_the_gcm_specification_says() {
    // McGrew and Viega, test case 14: zero key, zero nonce, one zero block.
    let sealed = Aes256Gcm::new(&[0; 32].into()).encrypt(&Nonce::from([0; 12]), &[0u8; 16][..]).unwrap();
    assert_eq!(hex::encode(sealed), "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
}

#[test]
fn a_sealed_value_opens_only_whole_and_for_its_purpose() {
    for algorithm in [Algorithm::Aes256Gcm, Algorithm::Sm4Gcm] {
        let keys = keys(algorithm);
        let sealed = keys.seal("people.phone", "13800138000");
        assert!(!sealed.contains("138"));
        assert_eq!(keys.open("people.phone", &sealed).unwrap(), "13800138000");
        assert!(matches!(keys.open("people.id_number", &sealed), Err(CryptoError::Tampered)));
        let start = sealed.rfind('.').unwrap() + 1;
        for place in start..sealed.len() {
            let mut changed = sealed.clone().into_bytes();
            changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
            assert!(keys.open("people.phone", std::str::from_utf8(&changed).unwrap()).is_err(), "place {place}");
        }
    }
}

#[test]
fn equal_values_are_sealed_differently_and_indexed_alike() {
    let keys = keys(Algorithm::default());
    assert_ne!(keys.seal("people.phone", "13800138000"), keys.seal("people.phone", "13800138000"));
    let index = keys.blind("people.phone", "13800138000");
    assert_eq!((index.len(), &index), (22, &keys.blind("people.phone", "13800138000")));
    assert_ne!(index, keys.blind("people.id_number", "13800138000"));
    assert_ne!(index, keys.blind("people.phone", "13800138001"));
}

#[test]
fn after_rotation_the_newest_seals_all_open_and_indexes_stay() {
    let mut ring = Keyring::fresh(&ids());
    let before = Keys::new(&ring, Algorithm::Aes256Gcm, ids());
    let sealed = before.seal("people.phone", "13800138000");
    assert_eq!(ring.rotate(&Ids::seeded(8)), "k2");
    let after = Keys::new(&ring, Algorithm::Sm4Gcm, ids());
    assert_eq!(after.open("people.phone", &sealed).unwrap(), "13800138000");
    assert_eq!(after.blind("people.phone", "1"), before.blind("people.phone", "1"));

    let resealed = after.reseal("people.phone", &sealed).unwrap().unwrap();
    assert!(resealed.starts_with("k2.s."));
    assert_eq!(after.open("people.phone", &resealed).unwrap(), "13800138000");
    assert_eq!(after.reseal("people.phone", &resealed).unwrap(), None);
    assert!(matches!(before.open("people.phone", &resealed), Err(CryptoError::UnknownKey(id)) if id == "k2"));
}

#[test]
fn only_a_demo_makes_its_key_file_and_it_must_be_ours_alone() {
    let folder = std::env::temp_dir().join(format!("hs-keys-{}", std::process::id()));
    let path = folder.join("keys");
    let config = |demo: bool, cipher: &str| {
        let mut config = Config::read(|_| None).unwrap();
        (config.keys, config.demo, config.cipher) = (path.clone(), demo, cipher.to_owned());
        config
    };
    let load = |demo| Keys::load(&config(demo, "sm4-gcm"), &Ids::from_system());
    assert!(matches!(load(false), Err(CryptoError::Missing(_))));
    let made = load(true).unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(load(false).unwrap().open("x", &made.seal("x", "黄山")).unwrap(), "黄山");

    assert_eq!(Keyring::rotate_in(&KeySource::of(&path), &ids()).unwrap(), "k2");
    let rotated = load(false).unwrap();
    assert_eq!(rotated.open("x", &made.seal("x", "黄山")).unwrap(), "黄山");
    assert!(rotated.seal("x", "黄山").starts_with("k2.s."));
    assert_eq!(made.open("x", &rotated.seal("x", "黄山")).unwrap(), "黄山", "a running server reads the ring again");
    assert!(made.seal("x", "黄山").starts_with("k2."));

    assert!(matches!(Keys::load(&config(true, "rot13"), &ids()), Err(CryptoError::Cipher(_))));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    assert!(matches!(load(true), Err(CryptoError::Open(_))));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_keyring_can_come_from_a_variable_but_not_be_rotated_there() {
    let source = KeySource::of(Path::new("env:HS_NO_SUCH_VARIABLE"));
    assert!(matches!(Keyring::load(&source), Err(CryptoError::Missing(name)) if name == "HS_NO_SUCH_VARIABLE"));
    assert!(matches!(Keyring::rotate_in(&source, &ids()), Err(CryptoError::NotAFile)));
}

#[test]
fn keyrings_that_do_not_parse_say_where() {
    let secret = "A".repeat(43);
    let parse = |text: &str| text.parse::<Keyring>();
    assert!(parse(&format!("# ours\nindex {secret};k1 {secret}")).is_ok());
    assert!(matches!(parse(&format!("index {secret}")), Err(CryptoError::Incomplete)));
    assert!(matches!(parse(&format!("k1 {secret}")), Err(CryptoError::Incomplete)));
    assert!(matches!(parse(&format!("index {secret}\nk1 AAAA")), Err(CryptoError::Line(2))));
    assert!(matches!(parse(&format!("k.1 {secret}")), Err(CryptoError::Line(1))));
    assert!(matches!(parse(&format!("k1 {secret}\nk1 {secret}")), Err(CryptoError::Twice(_))));
}

#[test]
fn a_code_can_be_typed_badly_but_not_wrongly() {
    let keys = keys(Algorithm::default());
    let payload = [0, 1, 2, 0xf8, 0, 0, 0, 0, 0, 0xff];
    let code = keys.sign_code("voting.poster", &payload);
    assert_eq!(code.len(), 26);
    assert!(code.bytes().all(|b| !b"ILOU".contains(&b)));
    let typed = grouped(&code).to_lowercase().replace('0', "o").replace('1', "l").replace(' ', " - ");
    assert_eq!(keys.verify_code("voting.poster", &typed), Some(payload.to_vec()));
    let full_width: String = code.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect();
    assert_eq!(keys.verify_code("voting.poster", &full_width), Some(payload.to_vec()));

    assert_eq!(keys.verify_code("another.purpose", &code), None);
    for wrong in ["", "0", "U", "投票", &code[1..], &format!("{code}0")] {
        assert_eq!(keys.verify_code("voting.poster", wrong), None, "{wrong}");
    }
    for place in 0..code.len() {
        let mut changed = code.clone().into_bytes();
        changed[place] = if changed[place] == b'7' { b'8' } else { b'7' };
        assert_eq!(keys.verify_code("voting.poster", std::str::from_utf8(&changed).unwrap()), None, "place {place}");
    }
}

#[test]
fn tokens_are_kept_as_sha_256() {
    assert_eq!(token_hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

proptest! {
    #[test]
    fn any_payload_comes_back_from_its_code(payload in proptest::collection::vec(any::<u8>(), 0..40)) {
        let keys = keys(Algorithm::default());
        prop_assert_eq!(keys.verify_code("p", &keys.sign_code("p", &payload)), Some(payload));
    }

    #[test]
    fn any_text_comes_back_from_its_seal(text in ".{0,80}", sm4 in any::<bool>()) {
        let keys = keys(if sm4 { Algorithm::Sm4Gcm } else { Algorithm::Aes256Gcm });
        prop_assert_eq!(keys.open("p", &keys.seal("p", &text)).unwrap(), text);
    }
}
