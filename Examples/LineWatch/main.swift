// Prints the line states of a GXP phone whenever they change, until interrupted.
//
//     PHONE_PASSCODE=... swift run LineWatch http://192.0.2.10

import Foundation
import GrandstreamCTI

let environment = ProcessInfo.processInfo.environment
guard let text = CommandLine.arguments.dropFirst().first, let address = URL(string: text),
    let passcode = environment["PHONE_PASSCODE"]
else {
    print("Give the phone's address as the argument and its passcode in PHONE_PASSCODE.")
    exit(64)
}

do {
    let endpoint = try PhoneEndpoint(
        name: address.host() ?? text, family: .gxp, address: address, passcode: Passcode(passcode))
    let phone = PhoneClient(endpoint)
    var known: [LineStatus] = []
    while true {
        do {
            let lines = try await phone.lineStatus()
            if lines != known {
                let now = Date.now.formatted(.iso8601)
                print(now, lines.map { "\($0.line): \($0.state) \($0.remoteNumber)" }.joined(separator: " | "))
                known = lines
            }
        } catch  where error.kind == .authentication || error.kind == .invalidArgument {
            // Another wrong log-in may lock the phone: stop and let a person look.
            await phone.shutdown()
            throw error
        } catch {
            print(error)
        }
        try await Task.sleep(for: .seconds(1))
    }
} catch {
    print(error)
    exit(1)
}
