#[event(info, domain = payment::Payment)]
pub struct PaymentImportCompleted {
    pub rows: u64,
}
