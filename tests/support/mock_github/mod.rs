//! A GitHub of one repository, on the loopback: comments that stay, pages, permissions, faults on demand.
//!
//! It holds every request and every answer against GitHub's own description, and the test fails where one breaks it.

mod contract;
mod fault;
mod http;
mod state;
mod tls;

use std::io::{BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use serde_json::Value;

pub(crate) use fault::{Fault, Kind};
pub(crate) use http::Request;
pub(crate) use state::{BOT, Comment, HEAD, MERGE, PERSONAL_TOKEN, Pull, TOKEN};
pub(crate) use tls::Authority;

use contract::BASE;
use state::State;

/// What is known of the requests so far.
#[derive(Debug, Default)]
pub(crate) struct Log {
    requests: Vec<Request>,
    /// The methods of those that were answered.
    answered: Vec<String>,
    /// What broke GitHub's description.
    broken: Vec<String>,
}

impl Log {
    /// How many requests of a method came.
    pub(crate) fn came(&self, method: &str) -> usize {
        self.requests.iter().filter(|request| request.method == method).count()
    }

    /// How many requests of a method were answered.
    pub(crate) fn answered(&self, method: &str) -> usize {
        self.answered.iter().filter(|known| *known == method).count()
    }
}

/// Whether a request may be answered by now.
type Hold = Box<dyn Fn(&Request, &Log) -> bool + Send>;

struct Inner {
    state: State,
    log: Log,
    faults: Vec<Fault>,
    hold: Option<Hold>,
}

struct Shared {
    inner: Mutex<Inner>,
    changed: Condvar,
}

/// The running server; it ends with the process.
pub(crate) struct Mock {
    address: SocketAddr,
    base: String,
    shared: Arc<Shared>,
}

impl Mock {
    /// Starts it on a free port.
    pub(crate) fn start() -> Self {
        Self::serving("http", Some)
    }

    /// Starts it with a certificate for `localhost` by an authority of its own.
    pub(crate) fn start_tls(authority: &Authority) -> Self {
        Self::serving("https", authority.acceptor())
    }

    fn serving<S: Read + Write>(scheme: &str, open: impl Fn(TcpStream) -> Option<S> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let base = match scheme {
            "https" => format!("https://localhost:{}", address.port()),
            _ => format!("http://{address}"),
        };
        let shared = Arc::new(Shared {
            inner: Mutex::new(Inner {
                state: State::new(base.clone()),
                log: Log::default(),
                faults: Vec::new(),
                hold: None,
            }),
            changed: Condvar::new(),
        });
        let (serving, open) = (Arc::clone(&shared), Arc::new(open));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (shared, open) = (Arc::clone(&serving), Arc::clone(&open));
                // A connection that breaks is the client's affair.
                std::thread::spawn(move || shared.serve(BufReader::new(open(stream)?)));
            }
        });
        Self { address, base, shared }
    }

    /// For `GITHUB_API_URL`: with a path, as GitHub Enterprise has it.
    pub(crate) fn url(&self) -> String {
        format!("{}{BASE}", self.base)
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn comments(&self) -> Vec<Comment> {
        self.inner().state.comments.clone()
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.inner().log.requests.clone()
    }

    /// How many requests of a method came.
    pub(crate) fn count(&self, method: &str) -> usize {
        self.inner().log.came(method)
    }

    /// Puts a comment on pull request 7.
    pub(crate) fn add(&self, login: &str, body: &str) -> u64 {
        self.add_as(login, state::kind_of(login), body)
    }

    /// Puts a comment on pull request 7, by an account of a kind.
    pub(crate) fn add_as(&self, login: &str, kind: &'static str, body: &str) -> u64 {
        self.inner().state.add(7, login, kind, body).id
    }

    /// Changes the pull requests.
    pub(crate) fn pulls(&self, change: impl FnOnce(&mut Vec<Pull>)) {
        change(&mut self.inner().state.pulls);
    }

    /// The most characters that a comment may have from now on.
    pub(crate) fn longest(&self, characters: usize) {
        self.inner().state.longest = characters;
    }

    /// What the address of a next page begins with from now on.
    pub(crate) fn next_pages_on(&self, base: &str) {
        self.inner().state.base = base.into();
    }

    pub(crate) fn fault(&self, fault: Fault) {
        self.inner().faults.push(fault);
    }

    /// Keeps requests waiting until they may be answered.
    pub(crate) fn hold(&self, may: impl Fn(&Request, &Log) -> bool + Send + 'static) {
        self.inner().hold = Some(Box::new(may));
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.shared.inner.lock().unwrap()
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        let broken = match self.shared.inner.lock() {
            Ok(inner) => inner.log.broken.join("\n"),
            Err(_) => return,
        };
        if !broken.is_empty() && !std::thread::panicking() {
            panic!("this breaks GitHub's description of its API:\n{broken}");
        }
    }
}

impl Shared {
    fn serve(&self, mut reader: BufReader<impl Read + Write>) -> Option<()> {
        loop {
            let mut request = http::read(&mut reader)?;
            let fault = self.arrive(&mut request);
            let kind = fault.as_ref().map(|fault| fault.kind);
            if kind == Some(Kind::Silence) {
                std::thread::sleep(Duration::from_secs(600));
            }
            let (status, header, body) = self.answer(&request, fault);
            match kind {
                Some(Kind::Late) => std::thread::sleep(Duration::from_secs(600)),
                Some(Kind::Close) => return None,
                Some(Kind::Cut) => {
                    http::write(&mut reader, (status, &header, &body), Some(body.len() / 2));
                    return None;
                }
                _ => http::write(&mut reader, (status, &header, &body), None)?,
            }
            self.inner.lock().ok()?.log.answered.push(request.method);
            self.changed.notify_all();
        }
    }

    /// Takes a request down, waits until it may be answered, and says what it meets.
    fn arrive(&self, request: &mut Request) -> Option<Fault> {
        let mut inner = self.inner.lock().unwrap();
        request.nth = inner.log.came(&request.method) + 1;
        inner.log.requests.push(request.clone());
        let (path, query) = request.parts();
        if let Err(why) = contract::request(&request.method, path, &query, &request.body) {
            inner.broken(request, &why);
        }
        if !request.agent.starts_with("planseal/") {
            inner.broken(request, "GitHub asks for a user agent that tells who it is");
        }
        self.changed.notify_all();
        let late = Instant::now() + Duration::from_secs(60);
        while inner.hold.as_ref().is_some_and(|may| !may(request, &inner.log)) {
            assert!(
                Instant::now() < late,
                "nobody lets {} {} go on",
                request.method,
                request.path
            );
            inner = self.changed.wait_timeout(inner, Duration::from_millis(20)).unwrap().0;
        }
        fault::take(&mut inner.faults, request)
    }

    /// Status, header line, body.
    fn answer(&self, request: &Request, fault: Option<Fault>) -> (u16, String, String) {
        let mut inner = self.inner.lock().unwrap();
        let (path, _) = request.parts();
        if let Some(fault) = fault {
            let (status, header, body) = match fault.works {
                true => inner.state.answer(request),
                false => (fault.status, String::new(), Value::Null),
            };
            if fault.kind == Kind::Cut {
                return (status, header, body.to_string());
            }
            let said = serde_json::from_str(&fault.body).unwrap_or(Value::Null);
            if let Err(why) = contract::answer(&request.method, path, fault.status, &said, true) {
                inner.broken(request, &why);
            }
            return (fault.status, fault.header, fault.body);
        }
        let (status, header, body) = inner.state.answer(request);
        if let Err(why) = contract::answer(&request.method, path, status, &body, false) {
            inner.broken(request, &format!("the answer {status}: {why}"));
        }
        let text = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        (status, header, text)
    }
}

impl Inner {
    fn broken(&mut self, request: &Request, why: &str) {
        let line = format!("{} {}: {why}", request.method, request.path);
        self.log.broken.push(line);
    }
}
