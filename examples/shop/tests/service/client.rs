//! Customers.

use serde_json::{Value, json};
use std::time::Duration;
use ureq::Agent;

/// A customer with one connection.
pub(crate) struct Customer {
    agent: Agent,
    address: String,
}

/// What the shop has answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

/// There is no answer: the shop is gone.
#[derive(Debug)]
pub(crate) struct Gone;

impl Customer {
    pub(crate) fn of(address: &str) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(20)))
            .build();
        Self { agent: config.into(), address: address.to_owned() }
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Result<Answer, Gone> {
        let url = format!("http://{}{path}", self.address);
        let request = self.agent.post(&url).content_type("application/json");
        answer(request.send(body.to_string()))
    }

    pub(crate) fn get(&self, path: &str) -> Result<Answer, Gone> {
        answer(self.agent.get(format!("http://{}{path}", self.address)).call())
    }

    /// Places an order of a lamp, and returns its id.
    pub(crate) fn place(&self) -> Result<String, Gone> {
        let answer =
            self.post("/orders", &json!({ "item": "lamp", "email": "ada@example.com" }))?;
        assert_eq!(answer.status, 201, "{answer:?}");
        Ok(answer.body["order_id"].as_str().unwrap().to_owned())
    }

    /// Pays for an order.
    pub(crate) fn pay(&self, order: &str, card: &str) -> Result<Answer, Gone> {
        self.post(&format!("/orders/{order}/payment"), &json!({ "card_number": card }))
    }
}

fn answer(sent: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Answer, Gone> {
    let mut response = sent.map_err(|_| Gone)?;
    let text = response.body_mut().read_to_string().map_err(|_| Gone)?;
    let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
    Ok(Answer { status: response.status().as_u16(), body })
}
