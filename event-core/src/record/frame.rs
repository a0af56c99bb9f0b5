//! The frame around a record whose schema is in a schema registry.
//!
//! The frame is one magic byte 0, the schema's id as four big-endian bytes, and then the JSON. It
//! is the wire format of Confluent-compatible clients
//! ([Confluent, "Wire format"](https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format)).
//! A consumer reads the id from the frame and requests the schema from the registry. Protobuf has
//! message indexes after the id; JSON has none.
//!
//! ```
//! use event_core::record::frame::{self, SchemaId};
//!
//! let mut message = Vec::new();
//! frame::encode(SchemaId(7), br#"{"event_type":"cache.hit"}"#, &mut message);
//! assert_eq!(message[..5], [0, 0, 0, 0, 7]);
//!
//! let (id, json) = frame::decode(&message)?;
//! assert_eq!((id, json), (SchemaId(7), &br#"{"event_type":"cache.hit"}"#[..]));
//! # Ok::<(), frame::FrameError>(())
//! ```
//!
//! Neither direction parses the JSON.
//!
//! Newer clients can send the id in a header of the Kafka record (`__value_schema_id`); then the
//! record is JSON without a frame. Headers belong to the transport, so they are not read here.
//! [`FrameError::Magic`] reports a frame that begins like JSON.

use std::fmt;

/// The id of a schema in a registry. Another registry has another id for the same schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub u32);

impl fmt::Display for SchemaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The reason why bytes are not a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameError {
    /// There are no bytes, as in a Kafka record without a value.
    Empty,
    /// The first byte is not 0.
    Magic {
        /// The first byte.
        found: u8,
    },
    /// The frame ends before the end of the id.
    TooShort {
        /// The number of bytes. A frame has at least [`HEADER`] bytes.
        length: usize,
    },
}

/// The length of the frame before the JSON, in bytes.
pub const HEADER: usize = 5;

/// The first byte of every frame.
const MAGIC: u8 = 0;

/// Appends the frame of a record to `out`.
pub fn encode(id: SchemaId, json: &[u8], out: &mut Vec<u8>) {
    out.reserve(HEADER + json.len());
    out.push(MAGIC);
    out.extend_from_slice(&id.0.to_be_bytes());
    out.extend_from_slice(json);
}

/// The schema's id and the JSON of a frame. The JSON is neither copied nor parsed.
///
/// # Errors
///
/// See [`FrameError`].
pub fn decode(bytes: &[u8]) -> Result<(SchemaId, &[u8]), FrameError> {
    let (&magic, rest) = bytes.split_first().ok_or(FrameError::Empty)?;
    if magic != MAGIC {
        return Err(FrameError::Magic { found: magic });
    }
    let (id, json) =
        rest.split_first_chunk().ok_or(FrameError::TooShort { length: bytes.len() })?;
    Ok((SchemaId(u32::from_be_bytes(*id)), json))
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("there are no bytes; a frame has at least 5"),
            Self::Magic { found: b'{' } => f.write_str(
                "the first byte is `{`, not the magic byte 0: it is JSON without a frame",
            ),
            Self::Magic { found } => write!(f, "the first byte is {found}, not the magic byte 0"),
            Self::TooShort { length } => {
                write!(f, "the frame ends after {length} bytes; a frame has at least {HEADER}")
            }
        }
    }
}

impl std::error::Error for FrameError {}
