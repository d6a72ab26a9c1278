import Metrics
import Synchronization

/// Keeps metrics in memory and writes them in the text format that Prometheus reads.
public final class PrometheusRegistry: MetricsFactory, Sendable {
    /// The upper bounds of a histogram's buckets, in seconds.
    static let buckets: [Double] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    /// What a metric is, as Prometheus calls it.
    enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    struct Series: Sendable {
        var value: Double = 0
        var buckets: [Int] = []
        var count = 0
    }

    struct Family: Sendable {
        var kind: Kind
        var series: [String: Series] = [:]
    }

    private let families = Mutex<[String: Family]>([:])

    /// A registry without metrics.
    public init() {}

    func update(_ label: String, _ dimensions: String, _ kind: Kind, _ change: (inout Series) -> Void) {
        families.withLock { change(&$0[label, default: Family(kind: kind)].series[dimensions, default: Series()]) }
    }

    /// Sets all gauges of a label at once: what is not among them any more, such as a phone that was taken away, is forgotten.
    func setGauges(_ label: String, _ values: [(dimensions: [(String, String)], value: Double)]) {
        let series = values.map { (Self.named($0.dimensions), Series(value: $0.value)) }
        let family = Family(kind: .gauge, series: Dictionary(series) { _, last in last })
        families.withLock { $0[label] = series.isEmpty ? nil : family }
    }

    /// Sets a histogram that somebody else counts: the buckets of this registry, from sizes that are told apart at least as finely.
    ///
    /// - Parameters:
    ///   - bounds: upper bounds of the sizes, in seconds, ascending; all of ``buckets`` are among them.
    ///   - counts: how often each size came, and last what is above all of them.
    func setHistogram(_ label: String, bounds: [Double], counts: [Int], sum: Double) {
        var sizes = [Int](repeating: 0, count: Self.buckets.count)
        for (bound, count) in zip(bounds, counts) {
            if let index = Self.buckets.firstIndex(where: { bound <= $0 }) { sizes[index] += count }
        }
        update(label, "", .histogram) { series in
            series.buckets = sizes
            series.value = sum
            series.count = counts.reduce(0, +)
        }
    }

    /// All metrics as text.
    public var text: String {
        let families = families.withLock { $0 }
        return families.sorted { $0.key < $1.key }.map { label, family in
            let lines = family.series.sorted { $0.key < $1.key }.map { dimensions, series in
                Self.lines(label, dimensions, series, family.kind)
            }
            return "# TYPE \(label) \(family.kind.rawValue)\n" + lines.joined()
        }.joined()
    }

    private static func lines(_ label: String, _ dimensions: String, _ series: Series, _ kind: Kind) -> String {
        guard kind == .histogram else { return line(label, [dimensions], series.value) }
        var text = ""
        var sum = 0
        for (bound, count) in zip(buckets, series.buckets) {
            sum += count
            text += line("\(label)_bucket", [dimensions, "le=\"\(bound)\""], Double(sum))
        }
        text += line("\(label)_bucket", [dimensions, "le=\"+Inf\""], Double(series.count))
        text += line("\(label)_sum", [dimensions], series.value)
        return text + line("\(label)_count", [dimensions], Double(series.count))
    }

    private static func line(_ label: String, _ dimensions: [String], _ value: Double) -> String {
        let named = dimensions.filter { !$0.isEmpty }.joined(separator: ",")
        let whole = value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
        return "\(label)\(named.isEmpty ? "" : "{\(named)}") \(whole)\n"
    }

    /// Dimensions as Prometheus writes them, in one order.
    static func named(_ dimensions: [(String, String)]) -> String {
        dimensions.sorted { $0.0 < $1.0 }.map { name, value in
            let safe = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            return "\(name)=\"\(safe)\""
        }.joined(separator: ",")
    }

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        PrometheusSeries(self, label, Self.named(dimensions), .counter)
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        PrometheusSeries(self, label, Self.named(dimensions), aggregate ? .histogram : .gauge)
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        PrometheusSeries(self, label, Self.named(dimensions), .gauge)
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        PrometheusSeries(self, label, Self.named(dimensions), .histogram)
    }

    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    public func destroyMeter(_ handler: any MeterHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}
}

/// One series of one metric.
final class PrometheusSeries: CounterHandler, RecorderHandler, MeterHandler, TimerHandler {
    private let registry: PrometheusRegistry
    private let label: String
    private let dimensions: String
    private let kind: PrometheusRegistry.Kind

    init(_ registry: PrometheusRegistry, _ label: String, _ dimensions: String, _ kind: PrometheusRegistry.Kind) {
        self.registry = registry
        self.label = label
        self.dimensions = dimensions
        self.kind = kind
    }

    func increment(by amount: Int64) { registry.update(label, dimensions, kind) { $0.value += Double(amount) } }
    func increment(by amount: Double) { registry.update(label, dimensions, kind) { $0.value += amount } }
    func decrement(by amount: Double) { registry.update(label, dimensions, kind) { $0.value -= amount } }
    func reset() { registry.update(label, dimensions, kind) { $0 = PrometheusRegistry.Series() } }
    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { registry.update(label, dimensions, kind) { $0.value = value } }
    func record(_ value: Int64) { record(Double(value)) }
    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func record(_ value: Double) {
        guard kind == .histogram else { return set(value) }
        registry.update(label, dimensions, kind) { series in
            if series.buckets.isEmpty { series.buckets = PrometheusRegistry.buckets.map { _ in 0 } }
            if let index = PrometheusRegistry.buckets.firstIndex(where: { value <= $0 }) { series.buckets[index] += 1 }
            series.value += value
            series.count += 1
        }
    }
}
