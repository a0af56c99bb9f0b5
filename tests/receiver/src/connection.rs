//! Connections, one thread each.

use crate::request::Request;
use crate::{Decide, locked};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{self, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};

/// What the connections of a receiver share.
#[derive(Clone)]
pub(crate) struct Connections {
    pub(crate) tls: Option<Arc<ServerConfig>>,
    pub(crate) decide: Arc<Decide>,
    pub(crate) requests: Arc<Mutex<Vec<Request>>>,
}

impl Connections {
    /// Answers the requests of a connection until it ends. A client that breaks it off is no fault
    /// of the receiver: the test that does it looks at the client.
    pub(crate) fn serve(&self, stream: TcpStream, number: usize) {
        let _ = match &self.tls {
            None => self.answer(stream, number),
            Some(config) => ServerConnection::new(Arc::clone(config))
                .map_err(io::Error::other)
                .and_then(|tls| self.answer(StreamOwned::new(tls, stream), number)),
        };
    }

    fn answer(&self, stream: impl Read + Write, number: usize) -> io::Result<()> {
        let mut stream = BufReader::new(stream);
        while let Some(request) = Request::read(&mut stream, number)? {
            let answer = (self.decide)(&request);
            locked(&self.requests).push(request);
            if !answer.write(stream.get_mut())? {
                break;
            }
        }
        Ok(())
    }
}
