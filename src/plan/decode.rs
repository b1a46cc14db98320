//! Bytes to text: gzip, byte order marks, UTF-16.

use std::io::Read;

use flate2::read::MultiGzDecoder;

use super::refusal::Refusal;

/// What compressed input may grow to; more is taken for a decompression bomb.
const LARGEST: u64 = 2 << 30;

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZIP: &[u8] = b"PK\x03\x04";
const UTF8_MARK: &[u8] = &[0xef, 0xbb, 0xbf];
const UTF32_LITTLE_MARK: &[u8] = &[0xff, 0xfe, 0, 0];
const UTF32_BIG_MARK: &[u8] = &[0, 0, 0xfe, 0xff];
const UTF16_LITTLE_MARK: &[u8] = &[0xff, 0xfe];
const UTF16_BIG_MARK: &[u8] = &[0xfe, 0xff];

/// Decoded input.
#[derive(Debug)]
pub(super) struct Text {
    text: String,
    /// Where the text starts, after a byte order mark that was not worth a copy.
    start: usize,
    /// Whether the bytes were UTF-16, which is what PowerShell's `>` writes.
    pub(super) utf16: bool,
}

impl Text {
    /// The text without its byte order mark.
    pub(super) fn as_str(&self) -> &str {
        self.text.get(self.start..).unwrap_or_default()
    }
}

/// The order of the two bytes of a UTF-16 unit.
#[derive(Clone, Copy)]
enum Order {
    Little,
    Big,
}

/// Decodes `bytes`, unpacking one layer of gzip.
///
/// # Errors
/// For a binary plan, a damaged or huge gzip stream, and bytes that are no text.
pub(super) fn decode(bytes: Vec<u8>) -> Result<Text, Refusal> {
    if bytes.starts_with(GZIP) {
        return to_text(gunzip(&bytes, LARGEST)?);
    }
    to_text(bytes)
}

fn gunzip(bytes: &[u8], largest: u64) -> Result<Vec<u8>, Refusal> {
    let mut unpacked = Vec::new();
    let read = MultiGzDecoder::new(bytes)
        .take(largest.saturating_add(1))
        .read_to_end(&mut unpacked);
    match read {
        Ok(length) if u64::try_from(length).is_ok_and(|length| length <= largest) => Ok(unpacked),
        Ok(_) => Err(Refusal::TooLarge { limit: largest }),
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Err(Refusal::Gzip { truncated: true }),
        Err(_) => Err(Refusal::Gzip { truncated: false }),
    }
}

fn to_text(bytes: Vec<u8>) -> Result<Text, Refusal> {
    if bytes.starts_with(ZIP) {
        return Err(Refusal::BinaryPlan);
    }
    if bytes.starts_with(UTF32_LITTLE_MARK) || bytes.starts_with(UTF32_BIG_MARK) {
        return Err(Refusal::Utf32);
    }
    if let Some(units) = bytes.strip_prefix(UTF16_LITTLE_MARK) {
        return from_utf16(units, Order::Little);
    }
    if let Some(units) = bytes.strip_prefix(UTF16_BIG_MARK) {
        return from_utf16(units, Order::Big);
    }
    if let Some(order) = unmarked_utf16(&bytes) {
        return from_utf16(&bytes, order);
    }
    let start = if bytes.starts_with(UTF8_MARK) {
        UTF8_MARK.len()
    } else {
        0
    };
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Text {
            text,
            start,
            utf16: false,
        }),
        Err(error) => Err(Refusal::NotText {
            offset: error.utf8_error().valid_up_to(),
        }),
    }
}

/// JSON starts with ASCII, so two NULs in the same place of the first two units tell UTF-16.
fn unmarked_utf16(bytes: &[u8]) -> Option<Order> {
    match bytes {
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => Some(Order::Little),
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => Some(Order::Big),
        _ => None,
    }
}

fn from_utf16(bytes: &[u8], order: Order) -> Result<Text, Refusal> {
    let units = bytes.chunks_exact(2).map(|pair| {
        let pair = <[u8; 2]>::try_from(pair).unwrap_or_default();
        match order {
            Order::Little => u16::from_le_bytes(pair),
            Order::Big => u16::from_be_bytes(pair),
        }
    });
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut offset = 0_usize;
    for unit in char::decode_utf16(units) {
        let Ok(character) = unit else {
            return Err(Refusal::NotText { offset });
        };
        text.push(character);
        offset = offset.saturating_add(character.len_utf16().saturating_mul(2));
    }
    // Half a unit is what a cut file ends with; the mark makes it show as trailing text where the JSON is whole.
    if !bytes.len().is_multiple_of(2) {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    Ok(Text {
        text,
        start: 0,
        utf16: true,
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn zipped(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_gzip_stream_that_grows_past_the_limit_is_refused() {
        let bytes = zipped(&[b' '; 100]);
        assert_eq!(gunzip(&bytes, 100).unwrap().len(), 100);
        assert!(matches!(gunzip(&bytes, 99), Err(Refusal::TooLarge { limit: 99 })));
    }

    #[test]
    fn text_in_every_encoding_is_the_same() {
        let text = "{\"ä\": \"𝄞\"}";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            marked(UTF8_MARK, text.as_bytes()),
            marked(UTF16_LITTLE_MARK, &little),
            marked(UTF16_BIG_MARK, &big),
            little.clone(),
            big.clone(),
            zipped(text.as_bytes()),
            zipped(&little),
        ] {
            assert_eq!(decode(bytes).unwrap().as_str(), text);
        }
    }

    #[test]
    fn a_lone_surrogate_is_no_text() {
        let bytes = vec![0xff, 0xfe, b'{', 0, 0x00, 0xd8, b'}', 0];
        assert!(matches!(decode(bytes), Err(Refusal::NotText { offset: 2 })));
    }
}
