//! Authentication of users.

use event_core::{Str, events};

events!(
    /// Authentication of users: sign-in, tokens, passwords.
    #[domain(owner = "identity", require(docs, owner))]
    pub enum Auth {
        /// Sign a user in.
        Login,
        /// Sign a user out.
        Logout,
        /// Let a program act for a user.
        Token,
        /// Change a password that is known.
        Password,
        /// Replace a password that is forgotten.
        PasswordReset,
    }

    /// A person tries to sign in.
    #[event(info)]
    pub struct AuthLoginStarted<'a> {
        /// The name that was entered; it need not be a user's.
        pub username: Str<'a>,
        /// Where the attempt comes from.
        #[field(example = "web")]
        pub source: Str<'a>,
    }

    /// A user signed in.
    #[event(info, alias("user_login", "user_login_success"), skip_none)]
    pub struct AuthLoginSuccess<'a> {
        /// Who signed in. Text, whatever type the key has in the user store.
        #[entity]
        pub user_id: Str<'a>,
        /// How long the check took.
        #[elapsed]
        pub duration_ms: Option<f64>,
    }

    /// A sign-in was refused. Many of them for one name look like an attack.
    #[event(warning)]
    pub struct AuthLoginFailed<'a> {
        /// The name that was entered; it need not be a user's.
        pub username: Str<'a>,
        /// Why it was refused.
        #[field(example = "invalid_credentials")]
        pub reason: Str<'a>,
    }

    /// A user signed out.
    #[event(info, skip_none)]
    pub struct AuthLogoutSuccess<'a> {
        /// Who signed out.
        #[entity]
        pub user_id: Str<'a>,
        /// How long the user was signed in.
        #[field(unit = "s")]
        pub session_duration_s: Option<u64>,
    }

    /// A token was handed out.
    #[event(info)]
    pub struct AuthTokenIssued<'a> {
        /// The user that it acts for.
        #[entity]
        pub user_id: Str<'a>,
        /// What the token is good for.
        #[field(example = "refresh")]
        pub token_type: Str<'a>,
        /// How long it is good.
        #[field(unit = "s")]
        pub ttl_s: u64,
    }

    /// A token was used after its time.
    #[event(warning)]
    pub struct AuthTokenExpired<'a> {
        /// The user that it acted for.
        pub user_id: Str<'a>,
        /// The token's number, which opens nothing.
        #[entity]
        pub token_id: Str<'a>,
    }

    /// A token was used that is none, or no longer one. It may be forged.
    #[event(error)]
    pub struct AuthTokenInvalid<'a> {
        /// The token's number, which opens nothing.
        #[entity]
        pub token_id: Str<'a>,
        /// Why it is none.
        #[field(example = "signature_mismatch")]
        pub reason: Str<'a>,
    }

    /// A user chose another password.
    #[event(info)]
    pub struct AuthPasswordChanged<'a> {
        /// Whose password it is.
        #[entity]
        pub user_id: Str<'a>,
    }

    /// A person asked for a new password, for an address that need not be a user's.
    #[event(warning, retention = "30d")]
    pub struct AuthPasswordResetRequested<'a> {
        /// Where the answer is sent.
        #[sensitive(email)]
        pub email: Str<'a>,
    }
);
