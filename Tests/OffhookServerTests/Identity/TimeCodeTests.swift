import Campaigns
import Testing

@testable import OffhookServer

@Suite("Codes of a second factor") struct TimeCodeTests {
    /// The secret of the examples in RFC 4226 and RFC 6238.
    private let secret = Array("12345678901234567890".utf8)

    @Test(
        "HOTP: the values of RFC 4226, appendix D",
        arguments: zip(
            0...9,
            ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]))
    func hotp(count: Int, code: String) {
        #expect(TimeCode.code(secret, step: Int64(count)) == code)
    }

    @Test(
        "TOTP with SHA-1: the values of RFC 6238, appendix B",
        arguments: [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ])
    func totp(seconds: Int64, code: String) {
        let step = TimeCode.step(at: Instant(milliseconds: seconds * 1000))
        #expect(TimeCode.code(secret, step: step, digits: 8) == code)
        #expect(TimeCode.code(secret, step: step) == code.suffix(6))
    }

    @Test("the present step, the one before and the one after are taken, and no other")
    func tolerance() {
        let text = Base32.encode(secret)
        let now = Instant(milliseconds: 1_773_151_200_000)
        let present = TimeCode.step(at: now)
        for offset in Int64(-3)...3 {
            let code = TimeCode.code(secret, step: present + offset)
            #expect(
                TimeCode.steps(of: code, secret: text, at: now) == (abs(offset) <= 1 ? [present + offset] : []),
                "\(offset)")
        }
        #expect(TimeCode.steps(of: "", secret: text, at: now).isEmpty)
    }

    @Test(
        "base32: the values of RFC 4648, section 10, without padding, and back",
        arguments: [
            ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ])
    func base32(clear: String, text: String) {
        #expect(Base32.encode(Array(clear.utf8)) == text)
        #expect(Base32.decode(text) == Array(clear.utf8))
        #expect(Base32.decode(text + "1") == nil)
    }

    @Test("secrets have 160 bits, recovery codes 80, and no two are alike")
    func random() {
        let secrets = (0..<50).map { _ in TimeCode.newSecret() }
        #expect(secrets.allSatisfy { Base32.decode($0)?.count == 20 } && Set(secrets).count == 50)
        let codes = RecoveryCode.make()
        #expect(codes.count == 10 && Set(codes).count == 10)
        #expect(codes.allSatisfy { $0.wholeMatch(of: /[a-z2-7]{4}(-[a-z2-7]{4}){3}/) != nil })
        #expect(RecoveryCode.hash(of: " \(codes[0].uppercased()) ") == RecoveryCode.hash(of: codes[0]))
    }

    @Test("an app's address holds the name as a URL may, whatever the name is")
    func address() {
        #expect(
            TimeCode.address(secret: "ABCD", userName: "änna+b@x")
                == "otpauth://totp/Offhook:%C3%A4nna%2Bb%40x?secret=ABCD&issuer=Offhook")
    }
}
