/// A number of country code 1 in its parts: area code, exchange, line (the North American Numbering Plan).
struct NorthAmericanNumber {
    /// 200...999 in a number that is in use.
    let areaCode: Int
    /// The three digits behind the area code.
    let exchange: Int

    /// Nil unless the number has country code 1 and ten digits behind it.
    init?(_ number: PhoneNumber) {
        guard (10_000_000_000...19_999_999_999).contains(number.digits) else { return nil }
        areaCode = Int(number.digits / 10_000_000 % 1000)
        exchange = Int(number.digits / 10_000 % 1000)
    }

    /// Whether the plan can have it: area codes and exchanges begin with 2...9.
    var isInPlan: Bool { areaCode >= 200 && exchange >= 200 }

    /// Exchanges begin with 2...9 and are not N11, which are service codes.
    var hasAssignableExchange: Bool { exchange >= 200 && exchange % 100 != 11 }

    /// Area code 900 is pay-per-call throughout, whichever exchange follows (47 CFR 64.1506).
    var isPremiumRate: Bool { areaCode == 900 }
}
