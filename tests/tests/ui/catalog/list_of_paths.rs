event_core::catalog!(
    cross_crate::Payment,
);

fn main() {}
