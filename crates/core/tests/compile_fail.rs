//! Mistakes that do not compile, and the messages that name them.

// The messages are those of one compiler; newer ones word and place them differently.
#[rustversion::attr(
    not(stable(1.95)),
    ignore = "the expected messages are those of Rust 1.95"
)]
#[test]
fn mistakes_get_messages_that_name_them() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/compile_fail/*.rs");
    cases.pass("tests/compile_pass/*.rs");
}
