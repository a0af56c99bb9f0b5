use event_core::Secret;

fn main() {
    let password = Secret::new("hunter2");
    println!("password={password}");
}
