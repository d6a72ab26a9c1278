import CampaignStore
import PhoneNumbers

/// A do-not-call entry as people type it.
public enum SuppressionText {
    /// Reads a number, or a prefix such as `+1201*`.
    ///
    /// - Parameter region: in which national numbers are read.
    /// - Throws: `SupervisionError`.
    public static func subject(_ text: String, region: String, _ share: ShareData) throws -> SuppressionSubject {
        if text.hasSuffix("*") {
            guard let prefix = SuppressionSubject(prefix: text) else {
                throw SupervisionError(
                    "“\(text)” is no prefix; write a plus, 1 to 14 digits and a star, such as +1201*.")
            }
            return prefix
        }
        switch try share.numberReader().read(text, region: region) {
        case .success(let reading): return .number(reading.number)
        // A number that must never be dialled may well be on the list.
        case .failure(let problem):
            if let number = PhoneNumber(e164: text.filter { !" -.()".contains($0) }) { return .number(number) }
            throw SupervisionError("“\(text)”: \(problem)")
        }
    }
}
