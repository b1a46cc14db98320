//! The way to GitHub: its certificate, and the proxy of a company.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};

use super::{Job, bad};
use crate::mock_github::{Authority, Fault, Mock};

/// A GitHub Enterprise whose certificate only the company's own authority vouches for.
fn enterprise() -> Job {
    let authority = Authority::new();
    let mut job = Job::of(Mock::start_tls(&authority));
    std::fs::write(job.path("ca.pem"), authority.pem()).unwrap();
    let path = job.path("ca.pem").to_str().unwrap().to_owned();
    job.set("SSL_CERT_FILE", &path);
    job
}

#[test]
fn an_authority_of_one_s_own_is_trusted() {
    let job = enterprise();
    assert_eq!(job.check(&bad(), &[]).err, "");
    assert_eq!(job.mock.comments().len(), 1);
    assert!(
        job.mock
            .requests()
            .iter()
            .all(|request| request.path.starts_with("/api/v3/"))
    );
}

#[test]
fn an_authority_that_nobody_named_is_told() {
    let mut job = enterprise();
    std::fs::write(job.path("other.pem"), Authority::new().pem()).unwrap();
    let other = job.path("other.pem").to_str().unwrap().to_owned();
    job.set("SSL_CERT_FILE", &other);
    let ended = job.check(&bad(), &[]);
    assert!(ended.err.contains("certificate is not trusted"), "{}", ended.err);
    assert!(
        ended.err.contains("SSL_CERT_FILE") && ended.err.lines().count() == 1,
        "{}",
        ended.err
    );
    assert!(job.mock.requests().is_empty());
}

#[test]
fn a_file_without_authorities_is_named() {
    let mut job = enterprise();
    std::fs::write(job.path("empty.pem"), "").unwrap();
    for name in ["empty.pem", "nowhere.pem"] {
        let path = job.path(name).to_str().unwrap().to_owned();
        job.set("SSL_CERT_FILE", &path);
        let ended = job.check(&bad(), &[]);
        assert_eq!(ended.code, 1);
        assert!(
            ended.err.contains("`SSL_CERT_FILE` names") && ended.err.contains(name),
            "{}",
            ended.err
        );
        assert_eq!(ended.err.lines().count(), 1, "{}", ended.err);
    }
}

#[test]
fn a_redirection_is_followed_with_the_token_on_the_same_host_only() {
    let job = Job::new();
    let path = "/repos/acme/infra/issues/7/comments?per_page=100";
    let here = format!("Location: {}{path}", job.mock.url());
    job.mock.fault(Fault::new("GET", 301, "Moved Permanently").header(here));
    assert_eq!(job.check(&bad(), &[]).err, "");
    assert_eq!(job.mock.comments().len(), 1);

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let there = format!("Location: http://{}{path}", listener.local_addr().unwrap());
    job.mock
        .fault(Fault::new("GET", 301, "Moved Permanently").header(there));
    let asked = std::thread::spawn(move || {
        let mut reader = BufReader::new(listener.accept().unwrap().0);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).unwrap() > 0 {}
        head.to_lowercase()
    });
    // Nobody answers there, and the next attempt is answered here.
    assert_eq!(job.check(&bad(), &[]).err, "");
    let head = asked.join().unwrap();
    assert!(
        head.starts_with("get /repos/") && !head.contains("authorization"),
        "{head}"
    );
}

/// A proxy that knows CONNECT and nothing else, and tells what it was asked.
fn proxy(to: SocketAddr) -> (SocketAddr, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (send, receive) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let send = send.clone();
            std::thread::spawn(move || {
                let mut reader = BufReader::new(stream);
                let mut head = String::new();
                while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).unwrap() > 0 {}
                send.send(head).unwrap();
                let mut client = reader.into_inner();
                client
                    .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
                    .unwrap();
                let mut server = TcpStream::connect(to).unwrap();
                let (mut from, mut into) = (client.try_clone().unwrap(), server.try_clone().unwrap());
                std::thread::spawn(move || std::io::copy(&mut from, &mut into));
                std::io::copy(&mut server, &mut client)
            });
        }
    });
    (address, receive)
}

#[test]
fn a_proxy_is_used_and_knows_nothing_of_the_token() {
    let mut job = enterprise();
    let (address, asked) = proxy(job.mock.address());
    job.set("HTTPS_PROXY", &format!("http://user:p%40ss@{address}"));
    let ended = job.check(&bad(), &[]);
    assert_eq!((ended.err.as_str(), job.mock.comments().len()), ("", 1));
    let head = asked.recv().unwrap();
    let port = job.mock.address().port();
    assert!(
        head.starts_with(&format!("CONNECT localhost:{port} HTTP/1.1\r\n")),
        "{head}"
    );
    assert!(head.contains("Proxy-Authorization: Basic dXNlcjpwQHNz\r\n"), "{head}");
    assert!(!head.contains("Bearer"), "{head}");

    let asked_before = asked.try_iter().count();
    job.set("NO_PROXY", "localhost");
    assert_eq!(job.check(&bad(), &[]).err, "");
    assert_eq!((asked.try_iter().count(), asked_before), (0, asked_before));
}

#[test]
fn a_proxy_that_cannot_be_used_is_told() {
    let mut job = enterprise();
    job.set("https_proxy", "socks5://user:secret@127.0.0.1:1080");
    let ended = job.check(&bad(), &[]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("the proxy cannot be used"), "{}", ended.err);
    assert!(!ended.err.contains("secret"), "{}", ended.err);
    assert!(job.mock.requests().is_empty());
}
