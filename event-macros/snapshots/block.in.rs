/// Taking money.
#[domain(owner = "payments")]
pub enum Payment {
    /// Charge a customer.
    Process,
}

/// The gateway refused the charge.
#[event(error, version = 2, upcast = auto, alias("payment_failed"), context(RequestContext))]
pub struct PaymentProcessFailed<'a> {
    /// Order being charged.
    #[entity]
    pub order_id: Str<'a>,
    /// Card used.
    #[sensitive(last4)]
    pub card_number: Option<Str<'a>>,
    /// What went wrong.
    #[group]
    pub error: ErrorDetails<'a>,
}

#[event(error, version = 1)]
pub struct PaymentProcessFailedV1<'a> {
    pub order_id: Str<'a>,
    pub error: ErrorDetails<'a>,
}

/// Money is being asked for.
#[event(info, deduplicate(order_id))]
pub struct PaymentProcessStarted<'a> {
    pub order_id: Str<'a>,
}

/// The request ended.
#[event(level = match code { 500..=599 => error, _ => info }, skip_none)]
pub struct PaymentProcessFinished {
    pub code: u16,
    #[elapsed]
    #[field(example = 12)]
    pub duration_ms: Option<u64>,
}

/// One for each call.
#[event(info, wide(CardContribution, chat::ChatContribution<'static>))]
pub struct PaymentProcessSuccess<'a> {
    pub order_id: Str<'a>,
}
