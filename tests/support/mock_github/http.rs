//! HTTP/1.1, as much of it as one client speaks.

use std::io::{BufRead, BufReader, Read, Write};

use serde_json::Value;

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) authorization: String,
    pub(crate) agent: String,
    pub(crate) body: Value,
    /// The how-manieth of its method it is, from 1.
    pub(crate) nth: usize,
}

impl Request {
    /// Path, and query as pairs.
    pub(crate) fn parts(&self) -> (&str, Vec<(String, String)>) {
        let (path, query) = self.path.split_once('?').unwrap_or((&self.path, ""));
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let decoded = pairs.map(|(name, value)| (decoded(name), decoded(value)));
        (path, decoded.collect())
    }
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = (*first == b'%').then(|| after.get(..2)).flatten();
        let hex = escaped.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match hex {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(if *first == b'+' { b' ' } else { *first });
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// Reads a request; `None` where the client has gone.
pub(crate) fn read(reader: &mut impl BufRead) -> Option<Request> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let (mut length, mut authorization, mut agent) = (0, String::new(), String::new());
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim().split_once(": ") else {
            break;
        };
        match name.to_lowercase().as_str() {
            "content-length" => length = value.parse().ok()?,
            "authorization" => authorization = value.into(),
            "user-agent" => agent = value.into(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Request {
        method,
        path,
        authorization,
        agent,
        body: serde_json::from_slice(&body).unwrap_or(Value::Null),
        nth: 0,
    })
}

/// Writes an answer, or the first `part` bytes of its body.
pub(crate) fn write(
    reader: &mut BufReader<impl Read + Write>,
    (status, header, body): (u16, &str, &str),
    part: Option<usize>,
) -> Option<()> {
    let end = if header.is_empty() { "" } else { "\r\n" };
    let head = format!(
        "HTTP/1.1 {status} Status\r\ncontent-type: application/json\r\ncontent-length: {}\r\n{header}{end}\r\n",
        body.len()
    );
    // In one piece: the kernel keeps a second small piece back until the first is confirmed.
    let whole = [head.as_bytes(), &body.as_bytes()[..part.unwrap_or(body.len())]].concat();
    let stream = reader.get_mut();
    stream.write_all(&whole).ok()?;
    stream.flush().ok()
}
