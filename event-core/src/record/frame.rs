//! The frame around a record whose schema stands in a schema registry.
//!
//! One magic byte 0, the schema's id as four bytes, big-endian, and then the JSON. That is the wire
//! format of Confluent-compatible clients
//! ([Confluent, "Wire format"](https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format)):
//! a consumer takes the id from the frame and asks the registry for the schema. JSON has nothing
//! between the id and the record; the message indexes that Protobuf puts there are not JSON's.
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
//! The JSON is carried as it is: neither direction reads it.
//!
//! Newer clients can carry the id in a header of the Kafka record (`__value_schema_id`), and the
//! record is then JSON without a frame. Headers are the transport's, so they are not read here;
//! [`FrameError::Magic`] says when what should be a frame starts like JSON.

use std::fmt;

/// The id that a registry gave a schema. It is the registry's own: another registry has another id
/// for the same schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub u32);

impl fmt::Display for SchemaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Why bytes are not a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameError {
    /// There are no bytes: a Kafka record without a value, say.
    Empty,
    /// The first byte is not 0.
    Magic {
        /// What it is.
        found: u8,
    },
    /// It ends before the id does.
    TooShort {
        /// How many bytes there are, of at least [`HEADER`].
        length: usize,
    },
}

/// The length of what stands before the JSON, in bytes.
pub const HEADER: usize = 5;

/// The first byte of every frame.
const MAGIC: u8 = 0;

/// Appends the frame of a record to `out`, and keeps what is there.
pub fn encode(id: SchemaId, json: &[u8], out: &mut Vec<u8>) {
    out.reserve(HEADER + json.len());
    out.push(MAGIC);
    out.extend_from_slice(&id.0.to_be_bytes());
    out.extend_from_slice(json);
}

/// The schema's id and the JSON of a frame. Nothing is copied, and the JSON is not looked at.
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
            Self::Empty => f.write_str("there are no bytes, where a frame has at least 5"),
            Self::Magic { found: b'{' } => f.write_str(
                "the first byte is `{`, not the magic byte 0: it is JSON without a frame",
            ),
            Self::Magic { found } => write!(f, "the first byte is {found}, not the magic byte 0"),
            Self::TooShort { length } => {
                write!(f, "it ends after {length} bytes, where a frame has at least {HEADER}")
            }
        }
    }
}

impl std::error::Error for FrameError {}
