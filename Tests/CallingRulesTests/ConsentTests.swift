import CallingRules
import Campaigns
import Testing

@Suite("Consent") struct ConsentTests {
    private let now = Instant(milliseconds: 1_773_151_200_000)  // 10 March 2026
    private let settings = ConsentSettings()

    private func verdict(_ fields: [[String]], lasts: Duration? = nil) -> Verdict {
        Consent(fields: fields, settings: settings).verdict(at: now, lasts: lasts)
    }

    @Test("given, dated and proven consent allows; the fields' names are read without regard to case and blanks")
    func given() {
        #expect(
            verdict([["Consent", "Yes"], ["consent date", "2026-01-31"], ["Consent-Proof", "form 7"]]).isAllowed)
        #expect(
            verdict([["consent", " TRUE "], ["consent_date", "2026-01-31T10:00:00Z"], ["consent_proof", "rec 1"]])
                .isAllowed)
    }

    @Test(
        "without an answer, a date or a proof it denies for good, with the reason",
        arguments: [
            [], [["consent", "no"], ["consent_date", "2026-01-31"], ["consent_proof", "f"]],
            [["consent", "yes"], ["consent_proof", "f"]],
            [["consent", "yes"], ["consent_date", "31.1.2026"], ["consent_proof", "f"]],
            [["consent", "yes"], ["consent_date", "2026-01-31"]],
            [["consent", "yes"], ["consent_date", "2026-01-31"], ["consent_proof", "  "]],
            [["consent", "perhaps"], ["consent_date", "2026-01-31"], ["consent_proof", "f"]],
        ])
    func missing(fields: [[String]]) {
        guard case .denied(nil, let reasons) = verdict(fields) else {
            Issue.record("must deny: \(fields)")
            return
        }
        #expect(reasons.map(\.code) == ["consent"])
    }

    @Test("consent that has run out denies, and consent of the future denies until its day")
    func dates() throws {
        let old = [["consent", "yes"], ["consent_date", "2025-01-31"], ["consent_proof", "f"]]
        #expect(verdict(old).isAllowed)
        #expect(!verdict(old, lasts: .seconds(365 * 86_400)).isAllowed)
        let coming = [["consent", "yes"], ["consent_date", "2026-03-11"], ["consent_proof", "f"]]
        guard case .denied(let until?, _) = verdict(coming) else {
            Issue.record("must wait")
            return
        }
        #expect(until == Instant(iso8601: "2026-03-11T00:00:00Z"))
    }
}
