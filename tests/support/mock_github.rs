//! A GitHub of one pull request, on the loopback: comments that stay, pages, permissions, faults on demand.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};

use serde_json::{Value, json};

/// The token that it takes for the job's own.
pub(crate) const TOKEN: &str = "ghs_t0k3n0fTheJob";
/// A token of a person called `octo-person`.
pub(crate) const PERSONAL_TOKEN: &str = "ghp_t0k3n0fAPerson";
/// Who writes with [`TOKEN`].
pub(crate) const BOT: &str = "github-actions[bot]";

const PATH: &str = "/api/v3/repos/acme/infra/issues/7/comments";
const ONE: &str = "/api/v3/repos/acme/infra/issues/comments/";

/// A comment as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Comment {
    pub(crate) id: u64,
    pub(crate) login: String,
    pub(crate) body: String,
}

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) authorization: String,
    pub(crate) body: Value,
}

/// An answer that is not the usual one.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    /// The method that it answers.
    pub(crate) method: &'static str,
    /// The status; 0 closes the connection without an answer.
    pub(crate) status: u16,
    /// A header line.
    pub(crate) header: &'static str,
    /// The answer's body.
    pub(crate) body: String,
    /// How many requests meet it.
    pub(crate) times: usize,
    /// Whether the request has its effect all the same.
    pub(crate) works: bool,
}

#[derive(Default)]
struct State {
    comments: Vec<Comment>,
    requests: Vec<Request>,
    faults: Vec<Fault>,
    next: u64,
}

/// The running server; it ends with the process.
pub(crate) struct Mock {
    address: String,
    state: Arc<Mutex<State>>,
}

impl Mock {
    /// Starts it on a free port.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State {
            next: 1000,
            ..State::default()
        }));
        let (shared, base) = (Arc::clone(&state), address.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (shared, base) = (Arc::clone(&shared), base.clone());
                // A connection that breaks is the client's affair.
                std::thread::spawn(move || serve(stream, &shared, &base));
            }
        });
        Self { address, state }
    }

    /// For `GITHUB_API_URL`: with a path, as GitHub Enterprise has it.
    pub(crate) fn url(&self) -> String {
        format!("{}/api/v3", self.address)
    }

    pub(crate) fn comments(&self) -> Vec<Comment> {
        self.state().comments.clone()
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.state().requests.clone()
    }

    /// How many requests of a method came.
    pub(crate) fn count(&self, method: &str) -> usize {
        self.state()
            .requests
            .iter()
            .filter(|request| request.method == method)
            .count()
    }

    /// Puts a comment there.
    pub(crate) fn add(&self, login: &str, body: &str) -> u64 {
        self.state().add(login, body).id
    }

    pub(crate) fn fault(&self, fault: Fault) {
        self.state().faults.push(fault);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

impl State {
    fn add(&mut self, login: &str, body: &str) -> Comment {
        self.next += 1;
        let comment = Comment {
            id: self.next,
            login: login.into(),
            body: body.into(),
        };
        self.comments.push(comment.clone());
        comment
    }

    fn fault(&mut self, method: &str) -> Option<Fault> {
        let fault = self
            .faults
            .iter_mut()
            .find(|fault| fault.method == method && fault.times > 0)?;
        fault.times -= 1;
        Some(fault.clone())
    }

    /// Status, header line, body.
    fn answer(&mut self, request: &Request, base: &str) -> (u16, String, Value) {
        let said = |status, message: &str| (status, String::new(), json!({ "message": message }));
        let login = match request.authorization.strip_prefix("Bearer ") {
            Some(TOKEN) => BOT,
            Some(PERSONAL_TOKEN) => "octo-person",
            _ => return said(401, "Bad credentials"),
        };
        let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
        let text = request.body["body"].as_str();
        let id = path.strip_prefix(ONE).and_then(|id| id.parse::<u64>().ok());
        match (request.method.as_str(), path, id) {
            ("GET", "/api/v3/user", _) if login == BOT => said(403, "Resource not accessible by integration"),
            ("GET", "/api/v3/user", _) => (200, String::new(), json!({ "login": login })),
            ("GET", PATH, _) => self.page(query, base),
            ("POST", PATH, _) => match text {
                Some(text) if text.len() <= 65_536 => {
                    let comment = self.add(login, text);
                    (201, String::new(), shown(&comment))
                }
                _ => said(422, "Validation Failed"),
            },
            ("PATCH", _, Some(id)) => match (self.comments.iter_mut().find(|comment| comment.id == id), text) {
                (Some(comment), Some(text)) => {
                    comment.body = text.into();
                    (200, String::new(), shown(comment))
                }
                _ => said(404, "Not Found"),
            },
            _ => said(404, "Not Found"),
        }
    }

    fn page(&self, query: &str, base: &str) -> (u16, String, Value) {
        let number = |name: &str, default: usize| {
            let pair = query.split('&').filter_map(|pair| pair.split_once('='));
            pair.filter(|(key, _)| *key == name)
                .find_map(|(_, value)| value.parse().ok())
                .unwrap_or(default)
        };
        let (size, page) = (number("per_page", 30).min(100), number("page", 1));
        let from = (page - 1) * size;
        let shown: Vec<Value> = self.comments.iter().skip(from).take(size).map(shown).collect();
        let more = self.comments.len() > from + size;
        let next = format!("Link: <{base}{PATH}?per_page={size}&page={}>; rel=\"next\"", page + 1);
        (200, if more { next } else { String::new() }, Value::from(shown))
    }
}

fn shown(comment: &Comment) -> Value {
    json!({
        "id": comment.id,
        "body": comment.body,
        "user": { "login": comment.login },
        "html_url": format!("https://github.example/acme/infra/pull/7#issuecomment-{}", comment.id),
    })
}

fn serve(mut stream: TcpStream, state: &Mutex<State>, base: &str) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    loop {
        let request = read(&mut reader)?;
        let (status, header, body) = {
            let mut state = state.lock().unwrap();
            state.requests.push(request.clone());
            match state.fault(&request.method) {
                Some(fault) => {
                    if fault.works {
                        state.answer(&request, base);
                    }
                    (fault.status, fault.header.to_owned(), fault.body)
                }
                None => {
                    let (status, header, body) = state.answer(&request, base);
                    (status, header, body.to_string())
                }
            }
        };
        if status == 0 {
            return None;
        }
        let header = if header.is_empty() {
            header
        } else {
            format!("{header}\r\n")
        };
        let head = format!(
            "HTTP/1.1 {status} Status\r\ncontent-type: application/json\r\ncontent-length: {}\r\n{header}\r\n",
            body.len()
        );
        stream.write_all(format!("{head}{body}").as_bytes()).ok()?;
    }
}

fn read(reader: &mut impl BufRead) -> Option<Request> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let (mut length, mut authorization) = (0, String::new());
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim().split_once(": ") else {
            break;
        };
        match name.to_lowercase().as_str() {
            "content-length" => length = value.parse().ok()?,
            "authorization" => authorization = value.into(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Request {
        method,
        path,
        authorization,
        body: serde_json::from_slice(&body).unwrap_or(Value::Null),
    })
}
