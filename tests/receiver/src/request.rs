//! A request, as it was received.

use std::io::{self, BufRead, Read};

/// A request, as it was received.
#[derive(Clone, Debug)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path and the query.
    pub target: String,
    /// The headers: names in lower case, values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// The number of its connection, from 0.
    pub connection: usize,
}

impl Request {
    /// The value of a header, by its name in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Reads a request. None if the connection ends instead.
    pub(crate) fn read(from: &mut impl BufRead, connection: usize) -> io::Result<Option<Self>> {
        let first = line(from)?;
        let Some((method, rest)) = first.split_once(' ') else { return Ok(None) };
        let target = rest.rsplit_once(' ').map_or(rest, |(target, _)| target);
        let (method, target) = (method.to_owned(), target.to_owned());
        let mut request =
            Self { method, target, headers: Vec::new(), body: Vec::new(), connection };
        loop {
            let header = line(from)?;
            let Some((name, value)) = header.split_once(':') else { break };
            request.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        // The relay knows the length of what it sends.
        let length = request.header("content-length").map_or(Ok(0), str::parse);
        let length = length.map_err(io::Error::other)?;
        from.take(length).read_to_end(&mut request.body)?;
        Ok((request.body.len() as u64 == length).then_some(request))
    }
}

fn line(from: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    from.read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}
