/// How numbers are written for the phones of a site: the `dial:` paragraph of phones.yaml or campaign.yaml.
public struct DialPlan: Sendable, Hashable {
    /// The form in which a number is dialled.
    public enum Format: String, Sendable, Codable, Hashable, CaseIterable {
        /// `+` and the E.164 digits by make_call; where no plus can be sent, `plus` stands in its place.
        case e164
        /// The digits of the national form, trunk prefix included, for numbers that share the region's country code;
        /// others as `international`.
        case national
        /// The region's international prefix, country code, number.
        case international
    }

    /// Nil: `national` with send_key, `e164` with make_call.
    public var format: Format?
    /// Where the phones are: ISO 3166-1 alpha-2.
    public var region: String
    /// The digits for an outside line, put in front of everything; digits, `*` and `#`.
    public var prefix: String
    /// What stands for the plus of an E.164 number where no plus can be sent; digits, `*` and `#`.
    public var plus: String

    /// A dial plan from its parts.
    public init(format: Format? = nil, region: String, prefix: String = "", plus: String = "") {
        self.format = format
        self.region = region
        self.prefix = prefix
        self.plus = plus
    }

    /// What to send to a phone so that it calls the number.
    ///
    /// A plus is only ever the first character, so behind a `prefix` it gives way to `plus` with make_call too. Emergency,
    /// short and premium-rate numbers are refused, whichever way the string comes to spell one; see ``DialGuard``.
    public func dialString(for number: PhoneNumber, method: DialMethod) -> Result<String, DialProblem> {
        let region = region.uppercased()
        guard let callingCode = LibPhoneNumber.callingCode(of: region) else {
            return .failure(.unknownRegion(self.region))
        }
        for (key, text) in [("prefix", prefix), ("plus", plus)] where !text.utf8.allSatisfy(Self.isOnKeypad) {
            return .failure(.notOnKeypad(key: key, text: text))
        }
        guard case .success(let parsed) = LibPhoneNumber.parse(number.e164, region: LibPhoneNumber.noRegion) else {
            return .failure(.notDiallable(number))
        }
        if parsed.kind == .premiumRate || NorthAmericanNumber(number)?.isPremiumRate == true {
            return .failure(.premiumRate(number))
        }
        return written(parsed, callingCode: callingCode, region: region, method: method).flatMap { body in
            DialGuard(region: region, prefix: prefix).checked(
                body.text, isNationalForm: body.isNational && parsed.isValid)
        }
    }

    /// The form in which a number is dialled by a method.
    func format(_ method: DialMethod) -> Format { format ?? (method == .sendKey ? .national : .e164) }

    private func written(
        _ parsed: LibPhoneNumber.Parsed, callingCode: Int, region: String, method: DialMethod
    ) -> Result<(text: String, isNational: Bool), DialProblem> {
        let digits = String(parsed.number.digits)
        switch format(method) {
        case .e164:
            let canSendPlus = method == .makeCall && prefix.isEmpty
            return .success(((canSendPlus ? "+" : plus) + digits, false))
        case .national where parsed.callingCode == callingCode:
            guard let national = LibPhoneNumber.nationalDigits(of: parsed.number) else {
                return .failure(.notDiallable(parsed.number))
            }
            return .success((national, true))
        case .national, .international:
            guard let abroad = LibPhoneNumber.internationalPrefix(of: region) else {
                return .failure(.noInternationalPrefix(region: region))
            }
            return .success((abroad + digits, false))
        }
    }

    private static func isOnKeypad(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "*"), UInt8(ascii: "#"): true
        default: false
        }
    }
}
