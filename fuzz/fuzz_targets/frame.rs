//! The frame of schema registries: what is decoded is encoded to the same bytes, and what is
//! encoded decoded to the same JSON.
#![no_main]

use event_core::record::frame::{HEADER, SchemaId, decode, encode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok((id, json)) = decode(data) {
        let mut again = Vec::new();
        encode(id, json, &mut again);
        assert_eq!(again, data);
    }
    let (head, json) = data.split_at(data.len().min(4));
    let id = SchemaId(head.iter().fold(0, |id, byte| id << 8 | u32::from(*byte)));
    let mut message = Vec::new();
    encode(id, json, &mut message);
    assert_eq!(message.len(), HEADER + json.len());
    assert_eq!(decode(&message), Ok((id, json)));
});
