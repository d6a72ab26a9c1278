import PhoneNumbers
import Testing

@Suite("Time zones as lists write them")
struct ZoneNameTests {
    let atlas: NumberAtlas

    init() throws {
        atlas = try NumberData.atlas()
    }

    @Test(
        "are read from IANA names wherever they stand, and from those of Windows, Rails, HubSpot and Salesforce",
        arguments: [
            ("America/New_York", "US", ["America/New_York"]),
            ("(GMT-08:00) Pacific Standard Time (America/Los_Angeles)", "US", ["America/Los_Angeles"]),
            ("(GMT-07:00) Pacific Daylight Time (America/Los_Angeles)", "US", ["America/Los_Angeles"]),
            ("GMT-05:00 America/New_York", "US", ["America/New_York"]),
            ("america/new_york", "US", ["America/New_York"]),
            ("US/Pacific", "US", ["America/Los_Angeles"]), ("us_slash_pacific", "US", ["America/Los_Angeles"]),
            ("america_slash_new_york", "US", ["America/New_York"]), ("europe_slash_berlin", "DE", ["Europe/Berlin"]),
            ("Pacific Time (US & Canada)", "US", ["America/Los_Angeles"]),
            ("(UTC-08:00) Pacific Time (US & Canada)", "US", ["America/Los_Angeles"]),
            ("(GMT-05:00) Eastern Time (US & Canada)", "US", ["America/New_York"]),
            ("(GMT-05:00) Eastern Time - New York", "US", ["America/New_York"]),
            ("(GMT-06:00) Central Time (US and Canada)", "US", ["America/Chicago"]),
            ("(GMT) Greenwich Mean Time : Dublin, Edinburgh, Lisbon, London", "GB", ["Europe/London"]),
            ("Central Time (US & Canada)", "US", ["America/Chicago"]), ("Arizona", "US", ["America/Phoenix"]),
            ("Indiana (East)", "US", ["America/Indiana/Indianapolis"]),
            ("Pacific Standard Time", "US", ["America/Los_Angeles"]),
            ("EST5EDT", "US", ["America/New_York"]), ("pst8pdt", "US", ["America/Los_Angeles"]),
            ("CST6CDT", "CA", ["America/Winnipeg"]), ("MST7MDT", "US", ["America/Denver"]),
            ("Eastern Standard Time", "CA", ["America/Toronto"]), ("PST", "US", ["America/Los_Angeles"]),
            ("pst", "CA", ["America/Vancouver"]), ("Mountain", "US", ["America/Denver", "America/Phoenix"]),
            ("London", "GB", ["Europe/London"]), ("Berlin", "DE", ["Europe/Berlin"]),
            ("GMT Standard Time", "GB", ["Europe/London"]),
            ("W. Europe Standard Time", "DE", ["Europe/Berlin", "Europe/Busingen"]),
            ("Romance Standard Time", "FR", ["Europe/Paris"]),
            ("AUS Eastern Standard Time", "AU", ["Australia/Melbourne", "Australia/Sydney"]),
            ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "NL", ["Europe/Amsterdam"]),
            ("Asia/Calcutta", "IN", ["Asia/Kolkata"]), ("New York", "US", ["America/New_York"]),
            ("Newfoundland", "CA", ["America/St_Johns"]), ("Pacific Time (US & Canada)", "GB", ["America/Los_Angeles"]),
        ] as [(String, String, [String])])
    func named(text: String, region: String, zones: [String]) {
        #expect(atlas.zones(named: text, region: region) == zones, "\(text)")
    }

    @Test(
        "are every zone of the row's country that keeps an offset or an abbreviation",
        arguments: [
            ("GMT-08:00", "US", ["America/Los_Angeles"]), ("UTC-8", "US", ["America/Los_Angeles"]),
            ("-0500", "US", ["America/New_York"]), ("UTC+1", "DE", ["Europe/Berlin"]),
            ("+01:00", "FR", ["Europe/Paris"]),
            ("-8.00", "US", ["America/Anchorage", "America/Los_Angeles"]),
            ("-5", "US", ["America/Chicago", "America/New_York"]),
            ("-10.00", "US", ["America/Adak", "Pacific/Honolulu"]),
            ("1.00", "FR", ["Europe/Paris"]), ("5.50", "IN", ["Asia/Kolkata"]), ("GMT", "GB", ["Europe/London"]),
            ("BST", "GB", ["Europe/London"]), ("CET", "FR", ["Europe/Paris"]), ("MESZ", "DE", ["Europe/Berlin"]),
            ("AWST", "AU", ["Australia/Perth"]), ("AEST", "AU", ["Australia/Brisbane", "Australia/Sydney"]),
            ("IST", "IN", ["Asia/Kolkata"]), ("IST", "IE", ["Europe/Dublin"]), ("MSK", "RU", ["Europe/Moscow"]),
            ("Central European Time", "ES", ["Europe/Madrid"]),
        ] as [(String, String, [String])])
    func offsets(text: String, region: String, zones: [String]) {
        #expect(atlas.zones(named: text, region: region) == zones, "\(text)")
    }

    @Test(
        "are none where the text cannot be read, contradicts itself or is of no zone that the country has",
        arguments: [
            ("sometime", "US"), ("UTC", "US"), ("GMT+01:00", "US"), ("-99", "US"), ("12345", "US"),
            ("(GMT-05:00) Pacific Time", "US"),
            ("Kaltland/Stadt", "DE"), ("", "US"), ("()", "US"), ("/", "US"), ("+", "US"),
        ])
    func unread(text: String, region: String) {
        #expect(atlas.zones(named: text, region: region) == [], "\(text)")
    }
}
