//! The connection to GitHub: whom it trusts, and through which proxy it goes.
//!
//! octocrab's own client knows no proxy, and companies have one.

use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, HeaderName, USER_AGENT};
use http::{HeaderValue, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::connect::{Connect, HttpConnector};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use hyper_util::rt::TokioExecutor;
use octocrab::service::middleware::auth_header::AuthHeaderLayer;
use octocrab::service::middleware::base_uri::BaseUriLayer;
use octocrab::service::middleware::extra_headers::ExtraHeadersLayer;
use octocrab::{AuthState, OctoBody, Octocrab, OctocrabBuilder};
use tower_http::follow_redirect::FollowRedirectLayer;

use super::context::{Environment, Token};
use super::failure::Failure;

const VERSION: &str = "2022-11-28";

/// Where to connect to, and how.
#[derive(Debug)]
pub(super) struct Route {
    /// The base of every address.
    api: Uri,
    /// `https_proxy`, `no_proxy` and their like.
    matcher: Matcher,
    /// A file of authorities that the environment names.
    authorities: Option<String>,
}

impl Route {
    /// The way to `api`, as the environment has it.
    pub(super) fn new(api: Uri, environment: &Environment) -> Self {
        let either = |name: &str| {
            let value = environment.get(name).or_else(|| environment.get(&name.to_lowercase()));
            value.unwrap_or_default().trim().to_owned()
        };
        Self {
            api,
            matcher: Matcher::builder()
                .all(either("ALL_PROXY"))
                .https(either("HTTPS_PROXY"))
                .no(either("NO_PROXY"))
                .build(),
            authorities: environment.get("SSL_CERT_FILE").map(str::to_owned),
        }
    }

    /// The base of every address.
    pub(super) fn api(&self) -> &Uri {
        &self.api
    }

    /// A client; needs a running tokio runtime.
    pub(super) fn client(&self, token: &Token, connect: Duration) -> Result<Octocrab, Failure> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_connect_timeout(Some(connect));
        // In clear text the API is on this machine, where no proxy and no authority has a part.
        if self.api.scheme_str() == Some("http") {
            return assemble(tcp, &self.api, token);
        }
        match self.matcher.intercept(&self.api) {
            None => assemble(self.secure(tcp)?, &self.api, token),
            Some(proxy) => {
                let tunnel = tunnel(&proxy, self.secure(tcp)?)?;
                assemble(self.secure(tunnel)?, &self.api, token)
            }
        }
    }

    /// TLS over a connection, trusting what the system trusts, or what `SSL_CERT_FILE` holds.
    fn secure<C>(&self, inner: C) -> Result<HttpsConnector<C>, Failure> {
        let builder = HttpsConnectorBuilder::new()
            .with_provider_and_native_roots(rustls::crypto::ring::default_provider())
            .map_err(|error| {
                Failure::NoAuthorities(match &self.authorities {
                    Some(file) => format!("`SSL_CERT_FILE` names `{file}`, which holds no certificate in PEM form"),
                    None => error.to_string(),
                })
            })?;
        // A proxy may be spoken to in clear text: what goes through it is encrypted for GitHub.
        Ok(builder.https_or_http().enable_http1().wrap_connector(inner))
    }
}

fn tunnel<C>(proxy: &Intercept, inner: C) -> Result<Tunnel<C>, Failure> {
    if !matches!(proxy.uri().scheme_str(), Some("http" | "https")) {
        return Err(Failure::Proxy(
            "its address begins with neither `http://` nor `https://`",
        ));
    }
    let tunnel = Tunnel::new(proxy.uri().clone(), inner);
    Ok(match proxy.basic_auth() {
        Some(password) => tunnel.with_auth(password.clone()),
        None => tunnel,
    })
}

/// octocrab over a connection. It repeats nothing by itself.
fn assemble<C>(connector: C, api: &Uri, token: &Token) -> Result<Octocrab, Failure>
where
    C: Connect + Clone + Send + Sync + 'static,
{
    let mut authorization = HeaderValue::from_str(&format!("Bearer {}", token.reveal()))
        .map_err(|error| Failure::Malformed(error.to_string()))?;
    authorization.set_sensitive(true);
    let headers = vec![
        (
            USER_AGENT,
            HeaderValue::from_static(concat!("planseal/", env!("CARGO_PKG_VERSION"))),
        ),
        (ACCEPT, HeaderValue::from_static("application/vnd.github+json")),
        (
            HeaderName::from_static("x-github-api-version"),
            HeaderValue::from_static(VERSION),
        ),
    ];
    let client: Client<C, OctoBody> = Client::builder(TokioExecutor::new()).build(connector);
    let built = OctocrabBuilder::new_empty()
        .with_service(client)
        .with_layer(&FollowRedirectLayer::new())
        .with_layer(&ExtraHeadersLayer::new(Arc::new(headers)))
        .with_layer(&BaseUriLayer::new(api.clone()))
        // Outermost, where an address without a host is still the API's own.
        .with_layer(&AuthHeaderLayer::new(Some(authorization), api.clone(), api.clone()))
        .with_auth(AuthState::None)
        .build();
    Ok(match built {
        Ok(octocrab) => octocrab,
        Err(never) => match never {},
    })
}
