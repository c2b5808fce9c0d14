//! A proxy's reply is understood however it is cut, or refused.
#![no_main]

use intercom_connect::Proxies;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let proxies = Proxies::all("http://127.0.0.1:3128").unwrap();
    let proxy = proxies.of("api.intercom.io").unwrap();
    let whole = proxy.reply(data, false).map(|reply| reply.is_ok());
    // More bytes do not take back what was understood.
    for cut in 0..data.len().min(64) {
        if let Some(early) = proxy.reply(&data[..cut], false) {
            assert_eq!(whole, Some(early.is_ok()));
        }
    }
    let _ = proxy.reply(data, true);
});
