import Foundation

/// Reads numbers as people write them.
///
/// The ranges of numbers come from libphonenumber as it is installed, and are as old as it is. With an atlas, whose
/// area codes can be newer, numbers of young North American area codes are told valid too.
public struct NumberReader: Sendable {
    private let atlas: NumberAtlas?

    /// A reader that trusts the library alone.
    public init() {
        atlas = nil
    }

    /// A reader that also takes the area codes of an atlas as being in use.
    public init(atlas: NumberAtlas) {
        self.atlas = atlas
    }

    /// When the installed library was made: its knowledge of ranges is as old, or older. By the date of its file, which
    /// a package keeps from its making; nil where that cannot be told.
    public static var rangesKnownSince: Date? { LibPhoneNumber.libraryDate() }

    /// Whether the region, an ISO 3166-1 alpha-2 code in any case, is one that has numbers.
    public static func isKnownRegion(_ region: String) -> Bool {
        LibPhoneNumber.isKnownRegion(region.uppercased())
    }

    /// All regions that have numbers, sorted.
    public static var knownRegions: [String] { LibPhoneNumber.knownRegions().sorted() }

    /// The main region of a country calling code (US of 1, GB of 44); nil if the code is not in use or is no country's.
    public static func mainRegion(ofCallingCode code: Int) -> String? {
        LibPhoneNumber.regions(ofCallingCode: code).first.flatMap { $0 == "001" ? nil : $0 }
    }

    /// Reads a text that is one number and nothing else: punctuation, an extension, vanity letters and the marks of
    /// spreadsheets are understood; running text with a number in it is not a number.
    ///
    /// Digits that are a number with its country code, or another one without its zero, are read so that the number is in use;
    /// where both are, `form` decides, and without it the text is refused.
    ///
    /// - Parameters:
    ///   - region: ISO 3166-1 alpha-2, any case: how to read a number that has no country code.
    ///   - form: what the column that the text stands in tells of digits without a plus.
    public func read(
        _ text: String, region: String, form: DigitsForm = .unknown
    ) -> Result<NumberReading, NumberProblem> {
        if let plain = readPlainly(text, region: region, form: form) { return .success(plain) }
        let text = SpacedEnding.spelled(text) ?? text
        return CellText.holdsSeveral(text, region: region, form: form, reader: self)
            ? .failure(.severalNumbers) : readByLibrary(text, region: region, form: form)
    }

    /// Reads a text that is plainly one number in use, without the library's cost; nil where more is to be asked.
    public func readPlainly(_ text: String, region: String, form: DigitsForm = .unknown) -> NumberReading? {
        var text = text
        guard let plain = text.withUTF8({ PlainNumber.read($0, region: region, form: form) }),
            let reading = try? reading(of: plain).get(), reading.validity == .valid, SpacedEnding.spelled(text) == nil
        else { return nil }
        return reading
    }

    /// Whether a text is meant to be a number in the region, be it one that cannot be told from another.
    public func looksLikeNumber(_ text: String, region: String) -> Bool {
        switch read(text, region: region) {
        case .success, .failure(.ambiguous), .failure(.severalNumbers), .failure(.rounded): true
        case .failure: false
        }
    }

    /// Reads a text of one number with the library alone; the answer is the same, the cost is not.
    func readByLibrary(
        _ text: String, region: String, form: DigitsForm = .unknown
    ) -> Result<NumberReading, NumberProblem> {
        let text = NumberText(text)
        if text.isEmpty { return .failure(.empty) }
        if text.isOverlong { return .failure(text.isWordy ? .notANumber : .tooLong) }
        if text.isRounded { return .failure(.rounded) }
        let region = region.uppercased()
        guard LibPhoneNumber.isKnownRegion(region) else { return .failure(.unknownRegion(region)) }
        if let digits = text.shortDigits,
            LibPhoneNumber.isEmergency(digits, region: region) || LibPhoneNumber.isShortNumber(digits, region: region)
        {
            return .failure(.shortOrEmergency)
        }
        return LibraryReadings(text, region: region, form: form) { try? reading(of: $0).get().validity == .valid }
            .chosen.flatMap(reading)
    }

    /// What can be told of a number that is known already; nil if it is none that may be dialled.
    public func reading(of number: PhoneNumber) -> NumberReading? {
        guard case .success(let parsed) = LibPhoneNumber.parse(number.e164, region: LibPhoneNumber.noRegion) else {
            return nil
        }
        return try? reading(of: parsed).get()
    }

    /// The kind that a number's digits tell by the library's ranges; nil where it is in none.
    public static func kind(of number: PhoneNumber) -> NumberKind? {
        guard case .success(let parsed) = LibPhoneNumber.parse(number.e164, region: LibPhoneNumber.noRegion) else {
            return nil
        }
        return parsed.kind
    }

    private func reading(of parsed: LibPhoneNumber.Parsed) -> Result<NumberReading, NumberProblem> {
        let parsed = FrenchPlan.placed(parsed)
        if parsed.kind == .premiumRate || NorthAmericanNumber(parsed.number)?.isPremiumRate == true {
            return .failure(.premiumRate)
        }
        let youngArea = parsed.isValid ? nil : atlas?.assignedArea(of: parsed.number)
        return .success(
            NumberReading(
                number: parsed.number,
                region: youngArea?.region ?? parsed.region,
                kind: youngArea == nil ? parsed.kind : .fixedLineOrMobile,
                validity: parsed.isValid || youngArea != nil ? .valid : .possible,
                extension: parsed.extension
            )
        )
    }
}
