/// How many of what, in words.
public enum Counted {
    /// `1 contact`, `0 contacts`, `1,240 contacts`.
    ///
    /// - Parameters:
    ///   - noun: for one; an s makes it more.
    public static func text(_ number: Int, _ noun: String) -> String {
        "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
    }

    /// A number with commas between thousands: `1,240`.
    public static func grouped(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        let groups = stride(from: digits.count, to: 0, by: -3).map { String(digits[max(0, $0 - 3)..<$0]) }
        return (number < 0 ? "−" : "") + groups.reversed().joined(separator: ",")
    }
}
