extension NumberReader {
    /// Reads a number whose area code stands apart; it is put before the number only where the number lacks it.
    ///
    /// - Parameters:
    ///   - number: the number, with its area code or without.
    ///   - areaCode: with or without the zero before it, in parentheses or not.
    ///   - region: ISO 3166-1 alpha-2.
    ///   - form: what the column of numbers tells of digits without a plus.
    public func read(
        _ number: String, areaCode: String, region: String, form: DigitsForm = .unknown
    ) -> Result<NumberReading, NumberProblem> {
        let whole = read(number, region: region, form: form)
        let shown = NumberText(number).text
        let area = NumberText(areaCode).text.prefix { $0 != "." }.filter(\.isNumber)
        guard let first = shown.first(where: { $0 != "(" }), first != "+", first != "0", !area.isEmpty, area.count <= 6
        else { return whole }
        let joined = read("\(area) \(shown)", region: region, form: .national)
        switch (Self.inUse(whole), Self.inUse(joined)) {
        case (let one?, let other?):
            let significant = area.drop { $0 == "0" }
            return one.number != other.number && shown.filter(\.isNumber).hasPrefix(significant)
                ? .failure(.ambiguous(one.number, other.number)) : joined
        case (_?, nil): return whole
        case (nil, _?): return joined
        case (nil, nil):
            if case .success = joined { return joined }
            return whole
        }
    }

    /// The calling code of a region, upper case; nil if it has no numbers.
    public static func callingCode(ofRegion region: String) -> Int? { LibPhoneNumber.callingCode(of: region) }

    /// Whether a calling code is in use, be it a country's or not.
    public static func isCallingCode(_ code: Int) -> Bool { NumberingPlans.installed.isInUse(code) }

    private static func inUse(_ result: Result<NumberReading, NumberProblem>) -> NumberReading? {
        guard case .success(let reading) = result, reading.validity == .valid else { return nil }
        return reading
    }
}
