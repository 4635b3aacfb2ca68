// POST /pets: echoes the pet with an id, or says what is missing.
exports.handler = async (event) => {
  let pet;
  try {
    pet = JSON.parse(event.body);
  } catch {
    return { statusCode: 400, body: JSON.stringify({ message: "the body must be a JSON object" }) };
  }
  if (!pet || !pet.name) {
    return { statusCode: 400, body: JSON.stringify({ message: "a pet needs a name" }) };
  }
  console.log(`new pet: ${pet.name}`);
  return { statusCode: 201, body: JSON.stringify({ id: 4, ...pet }) };
};
