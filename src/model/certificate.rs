//! Certificates in PEM, as a document.

use serde_json::{Value, json};
use thiserror::Error;
use x509_parser::certificate::X509Certificate;
use x509_parser::der_parser::asn1_rs::FromDer;
use x509_parser::pem::Pem;
use x509_parser::public_key::RSAPublicKey;
use x509_parser::signature_algorithm::RsaSsaPssParams;
use x509_parser::time::ASN1Time;
use x509_parser::x509::{AlgorithmIdentifier, SubjectPublicKeyInfo};

/// What stands in the first and last line of a certificate in PEM.
const LABELS: [&str; 2] = ["CERTIFICATE", "X509 CERTIFICATE"];

/// Certificates read of one text, at most: a chain has a handful, the bundle of all public roots fewer than 200.
const MAX_CERTIFICATES: usize = 1_000;

/// Why a text holds no certificates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CertificateError {
    /// There is none in PEM.
    #[error("it holds no certificate in PEM")]
    NotPem,
    /// A block of PEM is broken.
    #[error("its PEM is broken: a block does not end, or is not in Base64")]
    BrokenPem,
    /// What stands in the block is no certificate.
    #[error("what stands in its PEM is no X.509 certificate")]
    BrokenDer,
    /// The certificate's key is none.
    #[error("the public key in a certificate cannot be read")]
    BrokenKey,
    /// More certificates than anything has.
    #[error("it holds more than 1000 certificates")]
    TooMany,
}

/// The certificates in a text, in their order, under `certificates`. Other blocks of PEM, such as keys, are left out.
///
/// # Errors
/// Where there is none, or one that cannot be read.
pub(super) fn certificates(text: &str) -> Result<Value, CertificateError> {
    let mut found = Vec::new();
    for block in Pem::iter_from_buffer(text.as_bytes()) {
        let block = block.map_err(|_| CertificateError::BrokenPem)?;
        if !LABELS.contains(&block.label.as_str()) {
            continue;
        }
        if found.len() == MAX_CERTIFICATES {
            return Err(CertificateError::TooMany);
        }
        found.push(certificate(&block)?);
    }
    match found.is_empty() {
        true => Err(CertificateError::NotPem),
        false => Ok(json!({ "certificates": found })),
    }
}

fn certificate(block: &Pem) -> Result<Value, CertificateError> {
    let certificate = block.parse_x509().map_err(|_| CertificateError::BrokenDer)?;
    let key = key(certificate.public_key())?;
    let signature = signature(&certificate.signature_algorithm);
    let validity = certificate.validity();
    Ok(json!({
        "subject": certificate.subject().to_string(),
        "issuer": certificate.issuer().to_string(),
        "self_signed": certificate.subject().as_raw() == certificate.issuer().as_raw(),
        "is_ca": is_ca(&certificate)?,
        "not_before": day(&validity.not_before),
        "not_after": day(&validity.not_after),
        "key_algorithm": key.algorithm,
        "key_bits": key.bits,
        "curve": key.curve,
        "signature_algorithm": signature.name,
        "signature_hash": signature.hash,
    }))
}

fn is_ca(certificate: &X509Certificate<'_>) -> Result<bool, CertificateError> {
    let constraints = certificate.basic_constraints();
    let constraints = constraints.map_err(|_| CertificateError::BrokenDer)?;
    Ok(constraints.is_some_and(|extension| extension.value.ca))
}

/// The day in UTC, in which certificates give their times.
fn day(time: &ASN1Time) -> String {
    let day = time.to_datetime().date();
    format!("{:04}-{:02}-{:02}", day.year(), u8::from(day.month()), day.day())
}

/// A public key.
struct Key {
    algorithm: String,
    bits: Option<usize>,
    curve: Option<String>,
}

fn key(info: &SubjectPublicKeyInfo<'_>) -> Result<Key, CertificateError> {
    let algorithm = info.algorithm.algorithm.to_id_string();
    let (name, bits, curve) = match algorithm.as_str() {
        // With the parameters of RSASSA-PSS, too, the key is one of RSA.
        "1.2.840.113549.1.1.1" | "1.2.840.113549.1.1.10" => ("RSA", Some(rsa_bits(info)?), None),
        "1.2.840.10045.2.1" => {
            let curve = curve_of(&info.algorithm);
            (
                "EC",
                curve.as_ref().and_then(|(_, bits)| *bits),
                curve.map(|(name, _)| name),
            )
        }
        "1.2.840.10040.4.1" => ("DSA", None, None),
        "1.3.101.112" => ("Ed25519", Some(256), None),
        "1.3.101.113" => ("Ed448", Some(456), None),
        other => (other, None, None),
    };
    Ok(Key {
        algorithm: name.to_owned(),
        bits,
        curve,
    })
}

/// The bits of the modulus: a key of 2048 bits may be written with or without a leading zero.
fn rsa_bits(info: &SubjectPublicKeyInfo<'_>) -> Result<usize, CertificateError> {
    let key = RSAPublicKey::from_der(&info.subject_public_key.data);
    let (_, key) = key.map_err(|_| CertificateError::BrokenKey)?;
    let zeros = key.modulus.iter().take_while(|byte| **byte == 0).count();
    let digits = key.modulus.get(zeros..).unwrap_or_default();
    let first = digits.first().ok_or(CertificateError::BrokenKey)?;
    let unused = usize::try_from(first.leading_zeros()).unwrap_or_default();
    Ok(digits.len().saturating_mul(8).saturating_sub(unused))
}

/// The curve that a key names, with its bits; one that is not known here by its object identifier alone.
fn curve_of(algorithm: &AlgorithmIdentifier<'_>) -> Option<(String, Option<usize>)> {
    let identifier = algorithm.parameters.as_ref()?.as_oid().ok()?.to_id_string();
    let (name, bits) = match identifier.as_str() {
        "1.2.840.10045.3.1.1" => ("P-192", Some(192)),
        "1.3.132.0.33" => ("P-224", Some(224)),
        "1.2.840.10045.3.1.7" => ("P-256", Some(256)),
        "1.3.132.0.34" => ("P-384", Some(384)),
        "1.3.132.0.35" => ("P-521", Some(521)),
        "1.3.132.0.10" => ("secp256k1", Some(256)),
        other => (other, None),
    };
    Some((name.to_owned(), bits))
}

/// How a certificate is signed.
struct Signature {
    name: String,
    /// The hash that is signed, where the algorithm has one of its own.
    hash: Option<&'static str>,
}

fn signature(algorithm: &AlgorithmIdentifier<'_>) -> Signature {
    let identifier = algorithm.algorithm.to_id_string();
    let (name, hash) = match identifier.as_str() {
        "1.2.840.113549.1.1.2" => ("md2WithRSAEncryption", Some("MD2")),
        "1.2.840.113549.1.1.4" => ("md5WithRSAEncryption", Some("MD5")),
        "1.2.840.113549.1.1.5" | "1.3.14.3.2.29" => ("sha1WithRSAEncryption", Some("SHA-1")),
        "1.2.840.113549.1.1.10" => ("rsassaPss", pss_hash(algorithm)),
        "1.2.840.113549.1.1.11" => ("sha256WithRSAEncryption", Some("SHA-256")),
        "1.2.840.113549.1.1.12" => ("sha384WithRSAEncryption", Some("SHA-384")),
        "1.2.840.113549.1.1.13" => ("sha512WithRSAEncryption", Some("SHA-512")),
        "1.2.840.113549.1.1.14" => ("sha224WithRSAEncryption", Some("SHA-224")),
        "1.2.840.10045.4.1" => ("ecdsa-with-SHA1", Some("SHA-1")),
        "1.2.840.10045.4.3.1" => ("ecdsa-with-SHA224", Some("SHA-224")),
        "1.2.840.10045.4.3.2" => ("ecdsa-with-SHA256", Some("SHA-256")),
        "1.2.840.10045.4.3.3" => ("ecdsa-with-SHA384", Some("SHA-384")),
        "1.2.840.10045.4.3.4" => ("ecdsa-with-SHA512", Some("SHA-512")),
        "1.2.840.10040.4.3" => ("dsa-with-SHA1", Some("SHA-1")),
        "1.3.101.112" => ("Ed25519", None),
        "1.3.101.113" => ("Ed448", None),
        other => (other, None),
    };
    Signature {
        name: name.to_owned(),
        hash,
    }
}

/// RSASSA-PSS names its hash in parameters, and means SHA-1 where they name none (RFC 4055).
fn pss_hash(algorithm: &AlgorithmIdentifier<'_>) -> Option<&'static str> {
    let parameters = RsaSsaPssParams::try_from(algorithm.parameters.as_ref()?).ok()?;
    match parameters.hash_algorithm_oid().to_id_string().as_str() {
        "1.3.14.3.2.26" => Some("SHA-1"),
        "2.16.840.1.101.3.4.2.4" => Some("SHA-224"),
        "2.16.840.1.101.3.4.2.1" => Some("SHA-256"),
        "2.16.840.1.101.3.4.2.2" => Some("SHA-384"),
        "2.16.840.1.101.3.4.2.3" => Some("SHA-512"),
        _ => None,
    }
}

#[cfg(test)]
#[path = "certificate_tests.rs"]
mod tests;
