//! Hidden const setters: one for each word of a declaration.

/// Declares a hidden const setter for each field, under the field's name. Generated code calls a
/// setter only for a word that its declaration has, so generated code does not change when the
/// language gets another word. Tests use setters to write how one descriptor differs from another.
/// A field written `Some(T)` is an option, and its setter takes a `T`.
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
