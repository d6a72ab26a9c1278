/// Values by the first digits of a number; the longest beginning that is known has the word.
struct PrefixTable<Value: Sendable>: Sendable {
    private let values: [Int64: Value]
    /// How many digits beginnings have, longest first.
    private let lengths: [Int]

    init(_ values: [Int64: Value]) {
        self.values = values
        lengths = Set(values.keys.map { String($0).count }).sorted(by: >)
    }

    func value(leading digits: Int64) -> Value? {
        var count = 0
        var rest = digits
        while rest > 0 {
            count += 1
            rest /= 10
        }
        for length in lengths where length <= count {
            var prefix = digits
            for _ in length..<count { prefix /= 10 }
            if let value = values[prefix] { return value }
        }
        return nil
    }
}
