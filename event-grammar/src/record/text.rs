//! The keys of a record as constants of written text.

/// The text of one key, `,"name":`, or of several keys with other text around them: a
/// `&'static str` that is built at compile time.
///
/// ```
/// use event_grammar::key_text;
///
/// assert_eq!(key_text!(TraceId in Line), ",\"trace_id\":");
/// assert_eq!(key_text!(",\"", Entity in Envelope, "\":{\"", EntityType in Entity, "\":\""), ",\"entity\":{\"type\":\"");
/// ```
#[macro_export]
macro_rules! key_text {
    ($key:ident in $within:ident) => {
        $crate::key_text!(",\"", $key in $within, "\":")
    };
    ($before:literal $(, $key:ident in $within:ident, $behind:literal)+) => {{
        const PIECES: &[&str] = &[
            $before,
            $($crate::record::Key::$key.name($crate::record::Within::$within), $behind,)+
        ];
        const TEXT: [u8; $crate::record::len(PIECES)] = $crate::record::joined(PIECES);
        const { $crate::record::text(&TEXT) }
    }};
}

/// The total length of the pieces, in bytes.
#[doc(hidden)]
pub const fn len(pieces: &[&str]) -> usize {
    let (mut at, mut len) = (0, 0);
    while at < pieces.len() {
        len += pieces[at].len();
        at += 1;
    }
    len
}

/// The pieces joined in order; `N` is their [`len`].
#[doc(hidden)]
pub const fn joined<const N: usize>(pieces: &[&str]) -> [u8; N] {
    let (mut bytes, mut end, mut at) = ([0; N], 0, 0);
    while at < pieces.len() {
        let piece = pieces[at].as_bytes();
        let mut place = 0;
        while place < piece.len() {
            bytes[end] = piece[place];
            (place, end) = (place + 1, end + 1);
        }
        at += 1;
    }
    bytes
}

/// The bytes as text.
///
/// # Panics
///
/// At compile time, if the bytes are not UTF-8. Joined whole texts always are.
#[doc(hidden)]
pub const fn text(bytes: &[u8]) -> &str {
    match str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => panic!("the pieces are not UTF-8"),
    }
}
