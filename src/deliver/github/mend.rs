//! What a person can do where GitHub does not take the comment: one sentence, with the lines of the workflow that mend it.

use super::Trouble;
use super::failure::Failure;
use super::job::Job;
use super::locate::Target;

const PERMISSIONS: &str = "permissions: { contents: read, pull-requests: write }";
const SECOND_WORKFLOW: &str = "post it from a second workflow, `on: { workflow_run: { workflows: [NAME OF THIS ONE], types: \
                               [completed] } }`, with `planseal post`; the job summary holds the report";

/// Says what mends a failure. `target` is the pull request, where it was found.
pub(super) fn mend(job: &Job, target: Option<&Target>, failure: &Failure) -> Trouble {
    match failure {
        Failure::Refused { status, message, limit } => {
            let place = match target {
                Some(target) => format!("pull request {} of {}", target.number, job.repository),
                None => job.repository.clone(),
            };
            let mend = match limit {
                Some(_) if matches!(status, 403 | 429) => "a rate limit; run the job again later".into(),
                _ => refused(job, target, *status, message),
            };
            Trouble::new(format!("{failure} ({place})"), mend)
        }
        other => Trouble::new(other.to_string(), unanswered(other)),
    }
}

fn unanswered(failure: &Failure) -> &'static str {
    match failure {
        Failure::Untrusted(_) => {
            "for a certificate authority of your own give the step `env: { SSL_CERT_FILE: path/of/all-authorities.pem }`"
        }
        Failure::NoAuthorities(_) => {
            "name a file of certificates that is there, `env: { SSL_CERT_FILE: path/of/all-authorities.pem }`, or leave it out \
             and install the system's (`ca-certificates`)"
        }
        Failure::Proxy(_) => "write `env: { HTTPS_PROXY: \"http://proxy.example.com:3128\" }`",
        Failure::Removed => "run the job again",
        _ => {
            "check the network, `GITHUB_API_URL` and, where there is a proxy, `env: { HTTPS_PROXY: \
             \"http://proxy.example.com:3128\" }`, then run the job again"
        }
    }
}

fn refused(job: &Job, target: Option<&Target>, status: u16, message: &str) -> String {
    let from_fork = target.is_some_and(|target| target.from_fork);
    match status {
        301 | 302 | 307 | 308 => "the repository was renamed or moved; run the job again from its new place".into(),
        401 => "the token is not valid; leave the input `github-token` out, or write `with: { github-token: \"${{ github.token \
                }}\" }`"
            .into(),
        403 if message.to_lowercase().contains("lock") => {
            "the conversation is locked; unlock it, or write `with: { comment: never }`".into()
        }
        403 | 404 if job.by_dependabot => {
            format!("a run that Dependabot started has a token that can only read; {SECOND_WORKFLOW}")
        }
        403 | 404 if from_fork => {
            format!("the pull request comes from a fork, where the token can only read; {SECOND_WORKFLOW}")
        }
        403 => format!("the token may not do this; give the job `{PERMISSIONS}`"),
        404 => format!("the token does not see it; give the job `{PERMISSIONS}`, and a token of this repository"),
        410 => "comments are off in this repository; turn its issues on, or write `with: { comment: never }`".into(),
        422 => "GitHub does not take the text; please report this, and write `with: { comment: never }` until then".into(),
        _ => "run the job again later".into(),
    }
}
