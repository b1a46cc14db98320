//! The repository `acme/infra`: its pull requests, their comments, and who may do what.

use serde_json::{Value, json};

use super::contract::{BASE, example};
use super::http::Request;

/// The token that it takes for the job's own.
pub(crate) const TOKEN: &str = "ghs_t0k3n0fTheJob";
/// A token of a person called `octo-person`.
pub(crate) const PERSONAL_TOKEN: &str = "ghp_t0k3n0fAPerson";
/// Who writes with [`TOKEN`].
pub(crate) const BOT: &str = "github-actions[bot]";
/// The newest commit of pull request 7.
pub(crate) const HEAD: &str = "5eaf00d5eaf00d5eaf00d5eaf00d5eaf00d5eaf0";
/// What merging makes of it.
pub(crate) const MERGE: &str = "3e49e3e49e3e49e3e49e3e49e3e49e3e49e3e49e";

const REPOSITORY: &str = "acme/infra";

/// A comment as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Comment {
    pub(crate) id: u64,
    /// The pull request.
    pub(crate) on: u64,
    pub(crate) login: String,
    /// `User` or `Bot`.
    pub(crate) kind: &'static str,
    pub(crate) body: String,
}

/// A pull request as it is kept.
#[derive(Debug, Clone)]
pub(crate) struct Pull {
    pub(crate) number: u64,
    pub(crate) head: String,
    pub(crate) branch: String,
    /// Where the branch stands.
    pub(crate) from: String,
    /// Where it shall be merged.
    pub(crate) into: String,
    pub(crate) is_open: bool,
    pub(crate) merge: Option<String>,
    /// Whether GitHub finds it by its commit; not always so with forks.
    pub(crate) is_known_by_commit: bool,
}

impl Pull {
    /// An open one of a branch of this repository.
    pub(crate) fn new(number: u64, head: &str) -> Self {
        Self {
            number,
            head: head.into(),
            branch: "topic".into(),
            from: REPOSITORY.into(),
            into: REPOSITORY.into(),
            is_open: true,
            merge: None,
            is_known_by_commit: true,
        }
    }

    fn shown(&self, mut template: Value) -> Value {
        template["number"] = json!(self.number);
        template["state"] = json!(if self.is_open { "open" } else { "closed" });
        template["merge_commit_sha"] = json!(self.merge);
        template["head"]["sha"] = json!(self.head);
        template["head"]["ref"] = json!(self.branch);
        template["head"]["repo"]["full_name"] = json!(self.from);
        template["base"]["repo"]["full_name"] = json!(self.into);
        template
    }

    fn owner(&self) -> &str {
        self.from.split('/').next().unwrap()
    }
}

/// Status, header line, body.
pub(crate) type Answer = (u16, String, Value);

pub(crate) struct State {
    pub(crate) comments: Vec<Comment>,
    pub(crate) pulls: Vec<Pull>,
    /// The most characters that a comment may have.
    pub(crate) longest: usize,
    /// What the address of a next page begins with.
    pub(crate) base: String,
    next: u64,
}

impl State {
    pub(crate) fn new(base: String) -> Self {
        let mut pull = Pull::new(7, HEAD);
        pull.merge = Some(MERGE.into());
        Self {
            comments: Vec::new(),
            pulls: vec![pull],
            longest: 65_536,
            base,
            next: 1000,
        }
    }

    pub(crate) fn add(&mut self, on: u64, login: &str, kind: &'static str, body: &str) -> Comment {
        self.next += 1;
        let comment = Comment {
            id: self.next,
            on,
            login: login.into(),
            kind,
            body: body.into(),
        };
        self.comments.push(comment.clone());
        comment
    }

    pub(crate) fn answer(&mut self, request: &Request) -> Answer {
        let login = match request.authorization.strip_prefix("Bearer ") {
            Some(TOKEN) => BOT,
            Some(PERSONAL_TOKEN) => "octo-person",
            _ => return refused(401, "Bad credentials"),
        };
        let (path, query) = request.parts();
        let path = path.strip_prefix(BASE).unwrap_or_default();
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let text = request.body["body"].as_str().unwrap_or_default();
        match (request.method.as_str(), parts.as_slice()) {
            ("GET", ["user"]) if login == BOT => refused(403, "Resource not accessible by integration"),
            ("GET", ["user"]) => (200, String::new(), person(login)),
            (method, ["repos", "acme", "infra", rest @ ..]) => match (method, rest) {
                ("GET", ["issues", number, "comments"]) => self.list(number, &query),
                ("POST", ["issues", number, "comments"]) => self.create(number, login, text),
                ("PATCH", ["issues", "comments", id]) => self.update(id, text),
                ("DELETE", ["issues", "comments", id]) => self.delete(id),
                ("GET", ["pulls", number]) => match self.pull(number) {
                    Some(pull) => (200, String::new(), pull.shown(example("pull-request"))),
                    None => refused(404, "Not Found"),
                },
                ("GET", ["commits", sha, "pulls"]) => {
                    let holds = |pull: &&Pull| pull.head == *sha || pull.merge.as_deref() == Some(sha);
                    self.pulls(|pull| pull.is_known_by_commit && holds(pull))
                }
                ("GET", ["pulls"]) => {
                    let head = query
                        .iter()
                        .find(|(name, _)| name == "head")
                        .map(|(_, head)| head.clone());
                    self.pulls(|pull| pull.is_open && Some(format!("{}:{}", pull.owner(), pull.branch)) == head)
                }
                _ => refused(404, "Not Found"),
            },
            _ => refused(404, "Not Found"),
        }
    }

    fn pull(&self, number: &str) -> Option<&Pull> {
        self.pulls.iter().find(|pull| pull.number.to_string() == number)
    }

    fn pulls(&self, wanted: impl Fn(&&Pull) -> bool) -> Answer {
        let found = self.pulls.iter().filter(wanted);
        let shown: Vec<Value> = found.map(|pull| pull.shown(example("pull-request-simple"))).collect();
        (200, String::new(), Value::from(shown))
    }

    fn list(&self, number: &str, query: &[(String, String)]) -> Answer {
        let Some(pull) = self.pull(number) else {
            return refused(404, "Not Found");
        };
        let given = |name: &str, default: usize| {
            let pair = query.iter().find(|(key, _)| key == name);
            pair.map_or(default, |(_, value)| value.parse().unwrap())
        };
        let (size, page) = (given("per_page", 30).min(100), given("page", 1));
        let from = (page - 1) * size;
        let here: Vec<&Comment> = self
            .comments
            .iter()
            .filter(|comment| comment.on == pull.number)
            .collect();
        let page_of: Vec<Value> = here
            .iter()
            .skip(from)
            .take(size)
            .map(|comment| shown(comment))
            .collect();
        let next = match here.len() > from + size {
            true => format!(
                "Link: <{}{BASE}/repos/{REPOSITORY}/issues/{number}/comments?per_page={size}&page={}>; rel=\"next\"",
                self.base,
                page + 1
            ),
            false => String::new(),
        };
        (200, next, Value::from(page_of))
    }

    fn create(&mut self, number: &str, login: &str, text: &str) -> Answer {
        let Some(number) = self.pull(number).map(|pull| pull.number) else {
            return refused(404, "Not Found");
        };
        if text.chars().count() > self.longest {
            return self.too_long();
        }
        let comment = self.add(number, login, kind_of(login), text);
        (201, String::new(), shown(&comment))
    }

    fn update(&mut self, id: &str, text: &str) -> Answer {
        if text.chars().count() > self.longest {
            return self.too_long();
        }
        match self.comments.iter_mut().find(|comment| comment.id.to_string() == id) {
            Some(comment) => {
                comment.body = text.into();
                (200, String::new(), shown(comment))
            }
            None => refused(404, "Not Found"),
        }
    }

    fn delete(&mut self, id: &str) -> Answer {
        let before = self.comments.len();
        self.comments.retain(|comment| comment.id.to_string() != id);
        match self.comments.len() < before {
            true => (204, String::new(), Value::Null),
            false => refused(404, "Not Found"),
        }
    }

    fn too_long(&self) -> Answer {
        let message = format!("Body is too long (maximum is {} characters)", self.longest);
        let error = json!({ "resource": "IssueComment", "code": "unprocessable", "field": "data", "message": message });
        let body = json!({
            "message": "Validation Failed", "errors": [error], "documentation_url": "https://docs.github.com/rest",
        });
        (422, String::new(), body)
    }
}

/// What GitHub takes an account of this name for.
pub(crate) fn kind_of(login: &str) -> &'static str {
    if login.ends_with("[bot]") { "Bot" } else { "User" }
}

fn refused(status: u16, message: &str) -> Answer {
    let body = json!({
        "message": message, "documentation_url": "https://docs.github.com/rest", "status": status.to_string(),
    });
    (status, String::new(), body)
}

fn shown(comment: &Comment) -> Value {
    let mut value = example("issue-comment");
    let url = format!(
        "https://github.example/{REPOSITORY}/pull/{}#issuecomment-{}",
        comment.on, comment.id
    );
    value["id"] = json!(comment.id);
    value["body"] = json!(comment.body);
    value["html_url"] = json!(url);
    value["user"]["login"] = json!(comment.login);
    value["user"]["type"] = json!(comment.kind);
    value
}

/// What an account says of itself.
fn person(login: &str) -> Value {
    let mut value = example("issue-comment")["user"].clone();
    value["login"] = json!(login);
    for name in ["bio", "blog", "company", "email", "hireable", "location", "name"] {
        value[name] = Value::Null;
    }
    for name in ["followers", "following", "public_gists", "public_repos"] {
        value[name] = json!(0);
    }
    for name in ["created_at", "updated_at"] {
        value[name] = json!("2020-01-01T00:00:00Z");
    }
    value
}
