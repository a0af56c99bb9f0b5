//! The wire frame: its bytes, its inverse, and what is not one.

#![allow(clippy::unwrap_used, reason = "a test may")]

use event_core::record::frame::{self, FrameError, HEADER, SchemaId};
use proptest::prelude::*;

#[test]
fn the_bytes_are_those_of_confluents_wire_format() {
    let mut out = Vec::new();
    frame::encode(SchemaId(0x0102_0304), b"{}", &mut out);
    assert_eq!(out, [0, 1, 2, 3, 4, b'{', b'}']);
    assert_eq!(out.len(), HEADER + 2);
}

#[test]
fn what_is_there_is_kept() {
    let mut out = b"before".to_vec();
    frame::encode(SchemaId(1), b"1", &mut out);
    assert_eq!(out, b"before\0\0\0\0\x011");
}

fn refused(bytes: &[u8]) -> (FrameError, String) {
    let error = frame::decode(bytes).unwrap_err();
    (error, error.to_string())
}

#[test]
fn what_is_no_frame_is_refused() {
    let no_frame = |error, words: &str| (error, words.to_owned());
    let empty = "there are no bytes; a frame has at least 5";
    assert_eq!(refused(b""), no_frame(FrameError::Empty, empty));
    let bare = "the first byte is `{`, not the magic byte 0: it is JSON without a frame";
    assert_eq!(
        refused(b"{\"event\":\"cache_hit\"}"),
        no_frame(FrameError::Magic { found: b'{' }, bare)
    );
    // A GUID instead of an id starts with 1.
    let guid = "the first byte is 1, not the magic byte 0";
    assert_eq!(refused(b"\x01abcd{}"), no_frame(FrameError::Magic { found: 1 }, guid));
    let short = "the frame ends after 4 bytes; a frame has at least 5";
    assert_eq!(refused(b"\0\0\0\0"), no_frame(FrameError::TooShort { length: 4 }, short));
}

proptest! {
    #[test]
    fn decoding_is_the_inverse(id: u32, json: Vec<u8>) {
        let mut frame = Vec::new();
        frame::encode(SchemaId(id), &json, &mut frame);
        prop_assert_eq!(frame::decode(&frame), Ok((SchemaId(id), &json[..])));
    }

    #[test]
    fn what_is_read_is_written_so(bytes in prop::collection::vec(prop_oneof![3 => Just(0_u8), 1 => any::<u8>()], 0..12)) {
        if let Ok((id, json)) = frame::decode(&bytes) {
            let mut again = Vec::new();
            frame::encode(id, json, &mut again);
            prop_assert_eq!(again, bytes);
        } else {
            prop_assert!(bytes.len() < HEADER || bytes[0] != 0);
        }
    }
}
