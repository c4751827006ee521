"""The numeric road: lines compared at many points, with no algebra."""
