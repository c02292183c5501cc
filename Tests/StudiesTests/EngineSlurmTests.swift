import Studies
import Testing

@Suite("Time limits of Slurm")
struct EngineSlurmTests {
    @Test(
        "Every form that sbatch knows",
        arguments: [
            ("1", 60), ("30", 1800), ("1:30", 90), ("4:00:00", 14_400), ("100:00:00", 360_000), ("2-12", 216_000),
            ("2-12:30", 217_800), ("0-0:1:5", 65), ("00:01:00", 60),
        ])
    func times(text: String, seconds: Int) { #expect(SlurmTime(text)?.seconds == seconds) }

    @Test(
        "What is no time, or less than a minute",
        arguments: [
            "", "0", "0:59", "1:2:3:4", "-1", "1-", "a", "1h", "1-2-3", "::", " 5", "٣", "99999999999999999999",
        ])
    func wrong(text: String) { #expect(SlurmTime(text) == nil) }

    @Test(
        "A job is told in time, at most a quarter of the limit early", arguments: [("1", 15), ("4", 60), ("60", 120)])
    func notice(limit: String, seconds: Int) throws {
        let job = SlurmJob(
            program: "/bin/mesolith", study: "/a/study.yaml", directory: "/a/b", points: 10, tasks: 10, atOnce: 1,
            time: try #require(SlurmTime(limit)), jobs: 1, engine: nil, options: [])
        #expect(job.script().contains("\n#SBATCH --signal=B:USR1@\(seconds)\n"))
        #expect(job.script().hasPrefix("#!/usr/bin/env bash\n"))
    }
}
