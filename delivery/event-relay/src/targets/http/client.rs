//! A client for what is asked beside events.

use super::super::Outcome;
use super::super::cloud_event::percent_encoded;
use super::{Endpoint, HttpError, HttpTargetOptions, agent, outcome};
use std::fmt::Write as _;
use ureq::Agent;
use ureq::http::{HeaderMap, Request};

/// The longest answer that is read, in bytes.
const LONGEST: u64 = 16 << 20;

/// Asks a server that is not the receiver of the events.
pub(in super::super) struct Client {
    options: HttpTargetOptions,
    headers: HeaderMap,
    agent: Agent,
}

impl Client {
    /// A client with the endpoint, the credentials, the certificates and the timeout of `options`.
    pub(in super::super) fn new(options: HttpTargetOptions) -> Result<Self, HttpError> {
        let headers = options.header_map()?;
        let agent = agent::agent(&options)?;
        Ok(Self { options, headers, agent })
    }

    pub(in super::super) const fn endpoint(&self) -> &Endpoint {
        &self.options.endpoint
    }

    /// The status and the body of an answer to a GET of the path of these parts, below the endpoint.
    /// `Err`: there is no answer.
    pub(in super::super) fn get(&self, path: &[&str]) -> Result<(u16, Vec<u8>), Outcome> {
        let mut url = self.options.endpoint.url().trim_end_matches('/').to_owned();
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        for part in path {
            // Writing to a text does not fail.
            let _ = write!(url, "/{}", percent_encoded(part, is_plain));
        }
        let failed = |error: &ureq::Error| outcome::of_error(&self.options, error);
        let mut request = Request::get(url);
        if let Some(all) = request.headers_mut() {
            all.extend(self.headers.clone());
        }
        let request = request.body(()).map_err(|error| failed(&error.into()))?;
        let mut response = self.agent.run(request).map_err(|error| failed(&error))?;
        let status = response.status().as_u16();
        let body = response.body_mut().with_config().limit(LONGEST).read_to_vec();
        Ok((status, body.map_err(|error| failed(&error))?))
    }
}
