#[domain]
pub enum Payment {
    Process,
}

/// How the customer paid.
#[value]
pub enum Method {
    Card { last4: String },
    Transfer(Account),
    Cash,
}

#[value]
pub struct Account {
    pub number: String,
    pub bank: Option<String>,
}

/// In no lock.
#[value]
pub struct Draft {
    pub note: String,
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
    pub methods: Vec<Method>,
    #[group]
    pub error: ErrorDetails<'a>,
}

/// A draft: nothing is compared.
#[event(info)]
pub struct PaymentProcessStarted {
    pub amount_cents: i64,
}
