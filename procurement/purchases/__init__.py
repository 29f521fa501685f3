"""What public bodies bought, each purchase with the verdict on the day it was bought."""
