use proptest::prelude::*;

use super::super::document::{Format, plain};
use super::*;

const GOOD: &str = include_str!("../../testdata/certificates/imported/good.pem");
const ROOT: &str = include_str!("../../testdata/certificates/imported/root.pem");
const CHAIN: &str = include_str!("../../testdata/certificates/imported/good-with-chain.pem");
const EC: &str = include_str!("../../testdata/certificates/imported/good-ec.pem");
const ED25519: &str = include_str!("../../testdata/certificates/imported/good-ed25519.pem");
const PSS: &str = include_str!("../../testdata/certificates/imported/pss.pem");
const SELF_SIGNED: &str = include_str!("../../testdata/certificates/imported/self-signed.pem");
const SHA1: &str = include_str!("../../testdata/certificates/imported/sha1.pem");
const SMALL_KEY: &str = include_str!("../../testdata/certificates/imported/small-key.pem");

fn only(text: &str) -> Value {
    let read = certificates(text).unwrap();
    let several = read["certificates"].as_array().unwrap();
    assert_eq!(several.len(), 1);
    several[0].clone()
}

#[test]
fn a_certificate_says_whose_it_is_and_how_long_it_holds() {
    let expected = json!({
        "subject": "CN=shop.example.com, O=Example", "issuer": "CN=Example Root CA, O=Example", "self_signed": false, "is_ca": false,
        "not_before": "2026-01-01", "not_after": "2045-01-01", "key_algorithm": "RSA", "key_bits": 2048, "curve": null,
        "signature_algorithm": "sha256WithRSAEncryption", "signature_hash": "SHA-256"
    });
    assert_eq!(only(GOOD), expected);
}

#[test]
fn keys_and_signatures_are_told_apart() {
    let kind = |text: &str| {
        let one = only(text);
        let members = [
            "key_algorithm",
            "key_bits",
            "curve",
            "signature_algorithm",
            "signature_hash",
        ];
        members.map(|member| one[member].clone())
    };
    let cases = [
        (EC, json!(["EC", 256, "P-256", "sha256WithRSAEncryption", "SHA-256"])),
        (
            ED25519,
            json!(["Ed25519", 256, null, "sha256WithRSAEncryption", "SHA-256"]),
        ),
        (PSS, json!(["RSA", 2048, null, "rsassaPss", "SHA-256"])),
        (SHA1, json!(["RSA", 2048, null, "sha1WithRSAEncryption", "SHA-1"])),
        (
            SMALL_KEY,
            json!(["RSA", 1024, null, "sha256WithRSAEncryption", "SHA-256"]),
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(json!(kind(text)), expected);
    }
}

#[test]
fn a_root_and_a_server_may_both_sign_themselves() {
    for (text, is_ca) in [(ROOT, true), (SELF_SIGNED, false)] {
        let one = only(text);
        assert_eq!((&one["self_signed"], &one["is_ca"]), (&json!(true), &json!(is_ca)));
    }
}

#[test]
fn certificates_keep_their_order_and_other_blocks_do_not_count() {
    let key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    let text = format!("Bag Attributes\n{key}{CHAIN}{key}").replace('\n', "\r\n");
    let read = certificates(&text).unwrap();
    let subjects: Vec<&str> = read["certificates"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["subject"].as_str())
        .collect();
    assert_eq!(
        subjects,
        ["CN=shop.example.com, O=Example", "CN=Example Root CA, O=Example"]
    );
}

#[test]
fn a_text_with_a_private_key_is_a_secret() {
    let key = "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n";
    assert!(plain(Value::from(format!("{GOOD}{key}"))).any_sensitive());
    assert!(!plain(Value::from(GOOD)).any_sensitive());
    assert!(!Format::Certificate.read(&Value::from(GOOD)).unwrap().any_sensitive());
}

#[test]
fn what_is_no_certificate_says_why() {
    let der = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let cases = [
        ("", CertificateError::NotPem),
        ("dummy", CertificateError::NotPem),
        (
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
            CertificateError::NotPem,
        ),
        ("-----BEGIN CERTIFICATE-----\nAAAA\n", CertificateError::BrokenPem),
        (
            "-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----\n",
            CertificateError::BrokenPem,
        ),
        (der, CertificateError::BrokenDer),
    ];
    for (text, error) in cases {
        assert_eq!(certificates(text), Err(error), "{text:?}");
    }
    assert_eq!(certificates(&format!("{GOOD}{der}")), Err(CertificateError::BrokenDer));
    assert_eq!(
        certificates(&EC.repeat(MAX_CERTIFICATES + 1)),
        Err(CertificateError::TooMany)
    );
}

/// The text of a certificate whose bytes are these.
fn pem(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let all = (0..3).fold(0_u32, |all, at| {
            all << 8 | u32::from(chunk.get(at).copied().unwrap_or(0))
        });
        for at in 0..4 {
            let letter = LETTERS[(all >> (18 - 6 * at) & 63) as usize];
            text.push(if at <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
}

fn bytes_of(text: &str) -> Vec<u8> {
    Pem::iter_from_buffer(text.as_bytes()).next().unwrap().unwrap().contents
}

#[test]
fn the_text_of_bytes_is_read_as_those_bytes() {
    assert_eq!(only(&pem(&bytes_of(GOOD))), only(GOOD));
}

proptest! {
    #[test]
    fn no_text_does_any_harm(text in ".{0,400}") {
        let _ = certificates(&text);
        let _ = certificates(&format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n"));
    }

    #[test]
    fn no_bytes_do_any_harm(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = certificates(&pem(&bytes));
    }

    #[test]
    fn no_broken_certificate_does_any_harm(
        which in 0..5_usize, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in any::<prop::sample::Index>()
    ) {
        let mut bytes = bytes_of([GOOD, EC, ED25519, PSS, ROOT][which]);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = certificates(&pem(&bytes));
        bytes.truncate(cut.index(bytes.len()));
        let _ = certificates(&pem(&bytes));
    }
}
