//! The tests' GitHub for `scripts/run-action`: prints its address, then keeps its state in the file that is given. The second
//! argument is the newest commit of the pull request.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    dead_code,
    unused_imports,
    reason = "a tool for tests, and the tests use more of the mock than this does"
)]

#[path = "../tests/support/mock_github/mod.rs"]
mod mock_github;

use std::time::Duration;

fn main() {
    let file = std::env::args().nth(1).unwrap();
    let head = std::env::args().nth(2).unwrap();
    let mock = mock_github::Mock::start();
    mock.pulls(|pulls| pulls[0].head = head);
    println!("{}", mock.url());
    loop {
        let lines: Vec<String> = [
            mock.requests()
                .iter()
                .map(|request| format!("{} {}\n", request.method, request.path))
                .collect(),
            mock.comments()
                .iter()
                .map(|comment| format!("== comment {} by {}\n{}\n", comment.id, comment.login, comment.body))
                .collect(),
        ]
        .into_iter()
        .map(|part: Vec<String>| part.concat())
        .collect();
        let part = format!("{file}.part");
        std::fs::write(&part, lines.concat()).unwrap();
        std::fs::rename(&part, &file).unwrap();
        std::thread::sleep(Duration::from_millis(50));
    }
}
