//! What a request is answered.

use std::io::{self, Write};
use std::thread;
use std::time::Duration;

/// What a request is answered.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A whole answer.
    Status {
        /// The status.
        status: u16,
        /// Headers: names, values.
        headers: Vec<(&'static str, String)>,
        /// The body.
        body: String,
    },
    /// 200, after this time.
    Late(Duration),
    /// The connection is closed without a byte.
    Cut,
    /// The head of a 200 and a part of its body; then the connection is closed.
    CutBody,
    /// The head of a 200; its body comes after this time.
    LateBody(Duration),
    /// Bytes that are not HTTP.
    Noise,
}

impl Answer {
    /// A status without a body.
    #[must_use]
    pub const fn status(status: u16) -> Self {
        Self::Status { status, headers: Vec::new(), body: String::new() }
    }

    /// A status with a header.
    #[must_use]
    pub fn with_header(status: u16, name: &'static str, value: impl Into<String>) -> Self {
        Self::Status { status, headers: vec![(name, value.into())], body: String::new() }
    }

    /// Writes the answer. Returns whether the connection goes on.
    pub(crate) fn write(&self, to: &mut impl Write) -> io::Result<bool> {
        match self {
            Self::Status { status, headers, body } => {
                let mut head = format!("HTTP/1.1 {status} -\r\ncontent-length: {}\r\n", body.len());
                for (name, value) in headers {
                    head = format!("{head}{name}: {value}\r\n");
                }
                // One write: two would wait for each other (Nagle).
                to.write_all(format!("{head}\r\n{body}").as_bytes())?;
                to.flush()?;
                Ok(true)
            }
            Self::Late(time) => {
                thread::sleep(*time);
                Self::status(200).write(to)
            }
            Self::Cut => Ok(false),
            Self::CutBody => {
                to.write_all(b"HTTP/1.1 200 -\r\ncontent-length: 100\r\n\r\nhalf of")?;
                to.flush()?;
                Ok(false)
            }
            Self::LateBody(time) => {
                to.write_all(b"HTTP/1.1 200 -\r\ncontent-length: 2\r\n\r\n")?;
                to.flush()?;
                thread::sleep(*time);
                to.write_all(b"ok")?;
                to.flush()?;
                Ok(true)
            }
            Self::Noise => {
                to.write_all(b"SSH-2.0-OpenSSH_9.2\r\n")?;
                to.flush()?;
                Ok(false)
            }
        }
    }
}
