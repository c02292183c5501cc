// swift-tools-version: 6.2
import PackageDescription

// Benchmarks are a package of their own, so that the solver does not depend on what measures it.
let package = Package(
    name: "mesolith-benchmarks",
    dependencies: [
        .package(name: "mesolith", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        // Without jemalloc: allocations are counted by CAllocationCount, exactly and with the C library's own allocator.
        .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
    ],
    targets: [
        // Every target names the solver itself: one that has it through Workloads alone is not compiled again when the
        // layout of a type of the solver changes.
        .target(name: "CAllocationCount"),
        // What a profiler looks for, and C that a limit of the kernels is written in.
        .target(name: "CKernels"),
        .target(
            name: "Workloads",
            dependencies: [
                "CKernels", .product(name: "CLAPACK", package: "mesolith"),
                .product(name: "MesolithKit", package: "mesolith"),
                .product(name: "MesolithReaders", package: "mesolith"),
            ]),
        .executableTarget(
            name: "workload",
            dependencies: [
                "CAllocationCount", "CKernels", "Workloads",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "MesolithKit", package: "mesolith"),
            ]),
        .executableTarget(
            name: "Problems",
            dependencies: [
                "Workloads", .product(name: "Benchmark", package: "benchmark"),
                .product(name: "MesolithKit", package: "mesolith"),
            ],
            path: "Benchmarks/Problems",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
        .executableTarget(
            name: "Kernels",
            dependencies: [
                "Workloads", .product(name: "Benchmark", package: "benchmark"),
                .product(name: "MesolithKit", package: "mesolith"),
            ],
            path: "Benchmarks/Kernels",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    ],
    swiftLanguageModes: [.v6]
)
