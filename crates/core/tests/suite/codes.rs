//! Codes on equipment, as vendors print them.

use proptest::prelude::*;
use sitebook_core::codes::serial_in;

#[test]
fn a_code_of_one_fact_is_taken_as_it_is() {
    for code in ["21023518ABC", "S2345", "2150082", "HW-OLT/7", "0106901234567890", "https://example.org/?sn", "说明"]
    {
        assert_eq!(serial_in(&format!(" {code}\r\n")), code);
    }
}

#[test]
fn of_named_facts_the_serial_number_is_taken() {
    for code in [
        "SN:21023518ABC;PN:02350XYZ",
        "PN=02350XYZ|S/N = 21023518ABC|MAC=00",
        "型号：MA5800\n序列号：21023518ABC",
        "Serial No.: 21023518ABC PN: 02350XYZ",
        "P/N: 02350XYZ, Serial Number: 21023518ABC",
    ] {
        assert_eq!(serial_in(code), "21023518ABC", "{code}");
    }
}

#[test]
fn of_a_gs1_code_the_serial_number_is_taken() {
    assert_eq!(serial_in("(01)06901234567892(21)AB-12(10)LOT7"), "AB-12");
    assert_eq!(serial_in("010690123456789221AB-12\u{1d}10LOT7"), "AB-12");
    assert_eq!(serial_in("]C110LOT7\u{1d}17270101\u{1d}21AB-12"), "AB-12");
    assert_eq!(serial_in("]d20106901234567892\u{1d}2121"), "21");
    assert_eq!(serial_in("0106901234567892"), "0106901234567892", "no serial number in it");
}

#[test]
fn of_a_lettered_code_the_serial_number_is_taken() {
    assert_eq!(serial_in("[)>\u{1e}06\u{1d}1P02350XYZ\u{1d}SAB-12\u{1e}\u{4}"), "AB-12");
}

proptest! {
    #![proptest_config(super::cases(500))]

    #[test]
    fn whatever_is_scanned_gives_a_part_of_it(code in "\\PC{0,60}|[()\\]0-9C\u{1d}\u{1e};:S=N ]{0,60}") {
        let serial = serial_in(&code);
        prop_assert!(code.contains(serial));
        prop_assert!(!serial.is_empty() || code.chars().all(|c| c.is_whitespace() || c.is_control()));
    }
}
