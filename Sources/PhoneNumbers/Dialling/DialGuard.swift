/// Keeps a dial string from reaching an emergency service or a short number.
///
/// A phone sends its string whole, so a string is dangerous first of all when the whole of it is such a number: as sent,
/// and also behind the outside-line prefix, which the exchange takes off. That `9` and `11 96123 4567` of São Paulo
/// happen to begin with 911 is no danger: the exchange takes the 9 for itself.
///
/// Behind the exchange a line may be analogue, where the network acts on digits as they come in: what begins with an
/// emergency number reaches it. National forms of numbers in use cannot, the numbering plan sees to that. Anything else
/// can: +91 11 of Delhi as bare digits from the US is 911 and then noise. So the string without the prefix must not
/// begin so, by the library's knowledge of which networks ignore further digits.
struct DialGuard {
    let region: String
    let prefix: String

    /// The dial string with the prefix in front, or why it is refused.
    ///
    /// - Parameter isNationalForm: the body is the national form of a number of the region whose range is in use.
    func checked(_ body: String, isNationalForm: Bool) -> Result<String, DialProblem> {
        if LibPhoneNumber.isEmergency(prefix, region: region) {
            return .failure(.prefixIsEmergency(prefix: prefix, region: region))
        }
        let whole = prefix + body
        for sent in [whole, body] where isEmergencyOrShort(sent) {
            return .failure(.shortOrEmergency(dialString: sent, region: region))
        }
        if !isNationalForm, LibPhoneNumber.connectsToEmergency(body, region: region) {
            return .failure(.beginsWithEmergency(dialString: body, region: region))
        }
        return .success(whole)
    }

    private func isEmergencyOrShort(_ text: String) -> Bool {
        // A plus makes the string a full number, whatever its digits.
        guard text.utf8.first != UInt8(ascii: "+") else { return false }
        return LibPhoneNumber.isEmergency(text, region: region) || LibPhoneNumber.isShortNumber(text, region: region)
    }
}
