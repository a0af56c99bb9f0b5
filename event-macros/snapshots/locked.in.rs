#[domain]
pub enum Payment {
    Process,
}

/// What went wrong.
#[group]
pub struct ErrorDetails<'a> {
    pub error_kind: Str<'a>,
}

#[event(error)]
pub struct PaymentProcessFailed<'a> {
    pub amount_cents: i64,
    pub reason: Option<Str<'a>>,
    #[group]
    pub error: ErrorDetails<'a>,
}

/// A draft: nothing is compared.
#[event(info)]
pub struct PaymentProcessStarted {
    pub amount_cents: i64,
}
