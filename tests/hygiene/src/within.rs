//! Declarations that a `macro_rules!` macro writes, and privacy.

macro_rules! declare {
    ($domain:ident, $failed:ident, $completed:ident, $action:ident, $field:ident: $ty:ty) => {
        ec::events!(
            /// Written by a macro.
            #[domain(crate = ::ec)]
            pub enum $domain {
                /// Whatever.
                $action,
            }

            /// It failed.
            #[event(level = match $field { 0 => info, _ => error })]
            pub(crate) struct $failed {
                /// A field.
                pub $field: $ty,
            }

            /// It is done.
            #[event(info)]
            struct $completed {
                /// A field.
                $field: $ty,
                /// A flag.
                #[field(label)]
                last: bool,
            }
        );
    };
}

declare!(Within, WithinReadFailed, WithinReadCompleted, Read, amount: u32);

ec::events!(
    /// What stands beside.
    #[group(crate = ::ec)]
    pub struct Aside<'a> {
        /// A remark.
        pub remark: ec::Str<'a>,
    }
);

/// A block that nobody sees, whose events all begin alike.
mod hidden {
    ec::events!(
        /// Nobody's.
        #[domain(crate = ::ec)]
        enum Hidden {
            /// Whatever.
            Read,
        }

        /// It failed.
        #[event(error)]
        struct HiddenReadFailed;

        /// It was seen.
        #[event(info)]
        struct HiddenReadReceived;

        /// It is done.
        #[event(info)]
        pub(super) struct HiddenReadCompleted;
    );
}

/// Emits one that is hidden, and both that are not.
pub fn play() {
    hidden::emit_hidden_read_completed(hidden::HiddenReadCompleted);
    emit_within_read_failed(WithinReadFailed { amount: 1 });
    emit_within_read_completed(WithinReadCompleted { amount: 1, last: true });
}
