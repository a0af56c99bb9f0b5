//! One setter per word that a declaration may say.

/// Hidden const setters, of the names of the fields that they set: generated code says only the
/// words that its declaration has, and so does not change when the language gets one more. A test
/// says what differs from another descriptor. A field written `Some(T)` is an option, and its
/// setter takes a `T`.
macro_rules! setters {
    () => {};
    ($field:ident: Some($ty:ty), $($rest:tt)*) => {
        #[doc(hidden)]
        #[must_use]
        pub const fn $field(mut self, $field: $ty) -> Self {
            self.$field = Some($field);
            self
        }
        setters! { $($rest)* }
    };
    ($field:ident: $ty:ty, $($rest:tt)*) => {
        #[doc(hidden)]
        #[must_use]
        pub const fn $field(mut self, $field: $ty) -> Self {
            self.$field = $field;
            self
        }
        setters! { $($rest)* }
    };
}
pub(crate) use setters;
