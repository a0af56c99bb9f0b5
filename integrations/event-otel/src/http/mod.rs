//! OTLP over HTTP.

mod answer;
mod client;
mod endpoint;
mod error;
mod exporter;
mod headers;
mod options;
mod variables;

pub use error::OtlpHttpError;
pub use options::{OtlpHttp, OtlpProtocol};

use crate::encode::{Json, Protobuf, Wire};
use client::Client;
use event_core::sink::Background;
use exporter::Exporter;

impl OtlpHttp {
    /// Starts the thread that sends. It connects when it has something to send.
    ///
    /// # Errors
    ///
    /// If a header is not valid, the certificates cannot be read, or the thread cannot be spawned.
    pub fn start(self) -> Result<Background, OtlpHttpError> {
        match self.protocol {
            OtlpProtocol::Protobuf => self.start_with::<Protobuf>(),
            OtlpProtocol::Json => self.start_with::<Json>(),
        }
    }

    fn start_with<W: Wire + Send + 'static>(self) -> Result<Background, OtlpHttpError> {
        let client = Client::new(&self)?;
        let exporter = Exporter::<W>::new(client, self.limits, self.resource);
        self.queue.start(exporter).map_err(|why| OtlpHttpError::Thread { why })
    }
}
